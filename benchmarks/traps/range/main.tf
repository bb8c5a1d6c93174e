# open: inside a range of ports
resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  ingress {
    description = "Administration"
    from_port   = 20
    to_port     = 25
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
