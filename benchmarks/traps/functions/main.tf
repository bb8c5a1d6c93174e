# open: through functions
resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  ingress {
    description = "Administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = concat(["10.0.0.0/28"], jsondecode("[\"0.0.0.0/0\"]"))
  }
}
