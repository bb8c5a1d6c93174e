# closed: no instance is made
resource "aws_security_group" "hosts" {
  count       = 0
  name        = "hosts"
  description = "Hosts"

  ingress {
    description = "Administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
