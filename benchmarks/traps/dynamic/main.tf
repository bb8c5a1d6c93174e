# open: a dynamic block over a list of ports
resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  dynamic "ingress" {
    for_each = [443, 22]
    content {
      description = "Administration"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
