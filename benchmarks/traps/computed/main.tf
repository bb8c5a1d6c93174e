# open: the port is computed
locals {
  base = 20
}

resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  ingress {
    description = "Administration"
    from_port   = local.base + 2
    to_port     = local.base + 2
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
