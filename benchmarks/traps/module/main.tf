# open: through a variable of a module's caller
module "hosts" {
  source = "./hosts"
  admins = ["0.0.0.0/0"]
}
