# open: through the default of a variable
variable "admins" {
  default = ["0.0.0.0/0"]
}

resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  ingress {
    description = "Administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.admins
  }
}
