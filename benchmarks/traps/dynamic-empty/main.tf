# closed: a dynamic block over nothing
variable "ports" {
  type    = list(number)
  default = []
}

resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  dynamic "ingress" {
    for_each = var.ports
    content {
      description = "Administration"
      from_port   = 22
      to_port     = 22
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
