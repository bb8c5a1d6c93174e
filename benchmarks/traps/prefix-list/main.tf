# open: through a prefix list that holds the world
resource "aws_ec2_managed_prefix_list" "admins" {
  name           = "admins"
  address_family = "IPv4"
  max_entries    = 2

  entry {
    cidr = "0.0.0.0/0"
  }
}

resource "aws_security_group" "hosts" {
  name        = "hosts"
  description = "Hosts"

  ingress {
    description     = "Administration"
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.admins.id]
  }
}
