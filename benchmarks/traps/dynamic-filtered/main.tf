# closed: a dynamic block whose ports are filtered
resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  dynamic "ingress" {
    for_each = [for port in [443, 22] : port if port != 22]
    content {
      description = "Administration"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
