# open: a standalone rule for every protocol
resource "aws_vpc_security_group_ingress_rule" "hosts" {
  security_group_id = "sg-0123456789abcdef0"
  description       = "Administration"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
