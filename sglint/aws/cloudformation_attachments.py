"""The properties of CloudFormation resources that attach security groups (template reference, October 2026).

Left out, because they attach nothing: peers and owners of rules; findings of `NetworkInsightsAnalysis`; computed ones
(`SourceSecurityGroup`, `ActiveConfigurations`); `RemoteAccess.SourceSecurityGroups` of node groups, which are peers;
groups of EC2-Classic (`ClassicLinkVPCSecurityGroups`, `DBSecurityGroups`, `CacheSecurityGroupNames`,
`ClusterSecurityGroups`); groups of other services by the same name (`InputSecurityGroups`, `ChannelSecurityGroups`);
and switches. Groups that go by another name are added: `GroupSet` of interfaces, `Groups` of interfaces in launch
templates and fleets.
"""

from __future__ import annotations

from sglint.aws.carriers import Carrier, Fallback, carrier
from sglint.model.attachments import Facing, Kind, Tier

_AWSVPC = "NetworkConfiguration.AwsvpcConfiguration"
_VPC = "VpcConfig.SecurityGroupIds"
_SUBNETS = "VpcConfig.SubnetIds"
_IDS = "SecurityGroupIds"
_RDS = "VpcSecurityGroupIds"
_NETWORK_VPC = "NetworkConfig.VpcConfig.SecurityGroupIds"
_LONG_VPC = "VpcConfiguration.SecurityGroupIds"

CARRIERS: dict[str, Carrier] = {
    # Load balancers and doors from outside
    "AWS::ElasticLoadBalancingV2::LoadBalancer": carrier(
        Kind.LOAD_BALANCER,
        "elb",
        "SecurityGroups",
        "Subnets SubnetMappings.SubnetId",
        facing=Facing.PUBLIC,
        public="Scheme",
        fallback=Fallback(only=("Type", ("application", None))),
    ),
    "AWS::ElasticLoadBalancing::LoadBalancer": carrier(
        Kind.LOAD_BALANCER,
        "elb",
        "SecurityGroups",
        "Subnets",
        facing=Facing.PUBLIC,
        public="Scheme",
        fallback=Fallback(within="Subnets"),
    ),
    "AWS::EC2::ClientVpnEndpoint": carrier(Kind.VPN, "vpn", _IDS, facing=Facing.PUBLIC),
    "AWS::EC2::VerifiedAccessEndpoint": carrier(Kind.VPN, "verified-access", _IDS, facing=Facing.PUBLIC),
    # Instances and what they are launched from
    "AWS::EC2::Instance": carrier(
        Kind.INSTANCE,
        "ec2",
        "SecurityGroupIds SecurityGroups NetworkInterfaces.GroupSet",
        "SubnetId NetworkInterfaces.SubnetId",
        facing=Facing.UNKNOWN,
        public="NetworkInterfaces.AssociatePublicIpAddress",
        fallback=Fallback(unless=("NetworkInterfaces", "LaunchTemplate")),
    ),
    "AWS::EC2::NetworkInterface": carrier(
        Kind.INTERFACE, "ec2", "GroupSet", "SubnetId", facing=Facing.UNKNOWN, fallback=Fallback()
    ),
    "AWS::EC2::LaunchTemplate": carrier(
        Kind.INSTANCE,
        "ec2",
        "LaunchTemplateData.SecurityGroupIds LaunchTemplateData.SecurityGroups "
        "LaunchTemplateData.NetworkInterfaces.Groups",
        "LaunchTemplateData.NetworkInterfaces.SubnetId",
        facing=Facing.UNKNOWN,
        public="LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress",
    ),
    "AWS::AutoScaling::LaunchConfiguration": carrier(
        Kind.INSTANCE, "ec2", "SecurityGroups", facing=Facing.UNKNOWN, public="AssociatePublicIpAddress"
    ),
    "AWS::EC2::SpotFleet": carrier(
        Kind.INSTANCE,
        "ec2",
        "SpotFleetRequestConfigData.LaunchSpecifications.SecurityGroups.GroupId "
        "SpotFleetRequestConfigData.LaunchSpecifications.NetworkInterfaces.Groups",
        "SpotFleetRequestConfigData.LaunchSpecifications.SubnetId",
        facing=Facing.UNKNOWN,
        public="SpotFleetRequestConfigData.LaunchSpecifications.NetworkInterfaces.AssociatePublicIpAddress",
    ),
    "AWS::ImageBuilder::InfrastructureConfiguration": carrier(
        Kind.INSTANCE, "image-builder", _IDS, "SubnetId", facing=Facing.UNKNOWN
    ),
    "AWS::OpsWorks::Layer": carrier(
        Kind.INSTANCE, "opsworks", "CustomSecurityGroupIds", facing=Facing.UNKNOWN, public="AutoAssignPublicIps"
    ),
    "AWS::EVS::Environment": carrier(
        Kind.CLUSTER, "evs", "ServiceAccessSecurityGroups.SecurityGroups", "ServiceAccessSubnetId"
    ),
    # Containers and functions
    "AWS::ECS::Service": carrier(
        Kind.TASK,
        "ecs",
        f"{_AWSVPC}.SecurityGroups",
        f"{_AWSVPC}.Subnets",
        public=f"{_AWSVPC}.AssignPublicIp",
        fallback=Fallback(within=_AWSVPC),
    ),
    "AWS::ECS::TaskSet": carrier(
        Kind.TASK,
        "ecs",
        "NetworkConfiguration.AwsVpcConfiguration.SecurityGroups",
        "NetworkConfiguration.AwsVpcConfiguration.Subnets",
        public="NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp",
    ),
    "AWS::ECS::ExpressGatewayService": carrier(
        Kind.TASK, "ecs", "NetworkConfiguration.SecurityGroups", "NetworkConfiguration.Subnets", facing=Facing.UNKNOWN
    ),
    "AWS::ECS::CapacityProvider": carrier(
        Kind.INSTANCE,
        "ecs",
        "ManagedInstancesProvider.InstanceLaunchTemplate.NetworkConfiguration.SecurityGroups",
        "ManagedInstancesProvider.InstanceLaunchTemplate.NetworkConfiguration.Subnets",
        facing=Facing.UNKNOWN,
    ),
    "AWS::Events::Rule": carrier(
        Kind.TASK,
        "ecs",
        "Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.SecurityGroups",
        "Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.Subnets",
        public="Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp",
    ),
    "AWS::Scheduler::Schedule": carrier(
        Kind.TASK,
        "ecs",
        f"Target.EcsParameters.{_AWSVPC}.SecurityGroups",
        f"Target.EcsParameters.{_AWSVPC}.Subnets",
        public=f"Target.EcsParameters.{_AWSVPC}.AssignPublicIp",
    ),
    "AWS::Pipes::Pipe": carrier(
        Kind.TASK,
        "pipes",
        "SourceParameters.SelfManagedKafkaParameters.Vpc.SecurityGroup "
        f"TargetParameters.EcsTaskParameters.{_AWSVPC}.SecurityGroups",
        public=f"TargetParameters.EcsTaskParameters.{_AWSVPC}.AssignPublicIp",
    ),
    "AWS::EKS::Cluster": carrier(
        Kind.CLUSTER, "eks", "ResourcesVpcConfig.SecurityGroupIds", "ResourcesVpcConfig.SubnetIds"
    ),
    "AWS::Lambda::Function": carrier(Kind.FUNCTION, "lambda", _VPC, _SUBNETS),
    "AWS::Lambda::CapacityProvider": carrier(Kind.INSTANCE, "lambda", _VPC, _SUBNETS),
    "AWS::SecretsManager::RotationSchedule": carrier(
        Kind.FUNCTION, "secrets-manager", "HostedRotationLambda.VpcSecurityGroupIds"
    ),
    "AWS::Synthetics::Canary": carrier(
        Kind.FUNCTION, "synthetics", "VPCConfig.SecurityGroupIds", "VPCConfig.SubnetIds"
    ),
    "AWS::EMR::Cluster": carrier(
        Kind.CLUSTER,
        "emr",
        "Instances.AdditionalMasterSecurityGroups Instances.AdditionalSlaveSecurityGroups "
        "Instances.EmrManagedMasterSecurityGroup Instances.EmrManagedSlaveSecurityGroup "
        "Instances.ServiceAccessSecurityGroup",
        "Instances.Ec2SubnetId Instances.Ec2SubnetIds",
        facing=Facing.UNKNOWN,
    ),
    "AWS::EMR::Studio": carrier(Kind.JOB, "emr", "EngineSecurityGroupId WorkspaceSecurityGroupId", "SubnetIds"),
    "AWS::EMRServerless::Application": carrier(
        Kind.JOB, "emr", "NetworkConfiguration.SecurityGroupIds", "NetworkConfiguration.SubnetIds"
    ),
    "AWS::M2::Environment": carrier(Kind.CLUSTER, "m2", _IDS, "SubnetIds", public="PubliclyAccessible"),
    "AWS::MWAA::Environment": carrier(
        Kind.CLUSTER, "mwaa", "NetworkConfiguration.SecurityGroupIds", "NetworkConfiguration.SubnetIds"
    ),
    "AWS::MWAAServerless::Workflow": carrier(
        Kind.CLUSTER, "mwaa", "NetworkConfiguration.SecurityGroupIds", "NetworkConfiguration.SubnetIds"
    ),
    "AWS::PCS::Cluster": carrier(Kind.CLUSTER, "pcs", "Networking.SecurityGroupIds", "Networking.SubnetIds"),
    "AWS::BedrockAgentCore::Runtime": carrier(
        Kind.FUNCTION, "bedrock-agentcore", "NetworkConfiguration.NetworkModeConfig.SecurityGroups"
    ),
    "AWS::BedrockAgentCore::BrowserCustom": carrier(
        Kind.JOB, "bedrock-agentcore", "NetworkConfiguration.VpcConfig.SecurityGroups"
    ),
    "AWS::BedrockAgentCore::CodeInterpreterCustom": carrier(
        Kind.JOB, "bedrock-agentcore", "NetworkConfiguration.VpcConfig.SecurityGroups"
    ),
    # Builds, training, batches
    "AWS::Batch::ComputeEnvironment": carrier(
        Kind.JOB, "batch", "ComputeResources.SecurityGroupIds", "ComputeResources.Subnets", facing=Facing.UNKNOWN
    ),
    "AWS::CodeBuild::Fleet": carrier(Kind.JOB, "codebuild", "FleetVpcConfig.SecurityGroupIds"),
    "AWS::CodeBuild::Project": carrier(
        Kind.JOB, "codebuild", f"{_VPC} Environment.DockerServer.SecurityGroupIds", "VpcConfig.Subnets"
    ),
    "AWS::Comprehend::DocumentClassifier": carrier(Kind.JOB, "comprehend", _VPC, "VpcConfig.Subnets"),
    "AWS::Comprehend::Flywheel": carrier(Kind.JOB, "comprehend", f"DataSecurityConfig.{_VPC}"),
    "AWS::DataZone::Connection": carrier(
        Kind.JOB,
        "datazone",
        "Props.GlueProperties.GlueConnectionInput.PhysicalConnectionRequirements.SecurityGroupIdList",
    ),
    "AWS::Glue::Connection": carrier(
        Kind.JOB,
        "glue",
        "ConnectionInput.PhysicalConnectionRequirements.SecurityGroupIdList",
        "ConnectionInput.PhysicalConnectionRequirements.SubnetId",
    ),
    "AWS::Glue::DevEndpoint": carrier(Kind.JOB, "glue", _IDS, "SubnetId", facing=Facing.UNKNOWN),
    "AWS::KafkaConnect::Connector": carrier(
        Kind.JOB, "msk-connect", "KafkaCluster.ApacheKafkaCluster.Vpc.SecurityGroups"
    ),
    "AWS::KinesisAnalyticsV2::Application": carrier(
        Kind.JOB, "kinesis-analytics", "ApplicationConfiguration.VpcConfigurations.SecurityGroupIds"
    ),
    "AWS::Omics::Configuration": carrier(Kind.JOB, "omics", f"RunConfigurations.{_VPC}"),
    "AWS::SageMaker::Cluster": carrier(
        Kind.CLUSTER,
        "sagemaker",
        f"{_VPC} InstanceGroups.OverrideVpcConfig.SecurityGroupIds "
        "RestrictedInstanceGroups.OverrideVpcConfig.SecurityGroupIds",
    ),
    "AWS::SageMaker::DataQualityJobDefinition": carrier(Kind.JOB, "sagemaker", _NETWORK_VPC),
    "AWS::SageMaker::Domain": carrier(
        Kind.JOB,
        "sagemaker",
        "DefaultSpaceSettings.SecurityGroups DefaultUserSettings.SecurityGroups DomainSettings.SecurityGroupIds",
        "SubnetIds",
    ),
    "AWS::SageMaker::EndpointConfig": carrier(Kind.JOB, "sagemaker", _VPC, "VpcConfig.Subnets"),
    "AWS::SageMaker::Model": carrier(Kind.JOB, "sagemaker", _VPC, "VpcConfig.Subnets"),
    "AWS::SageMaker::ModelBiasJobDefinition": carrier(Kind.JOB, "sagemaker", _NETWORK_VPC),
    "AWS::SageMaker::ModelExplainabilityJobDefinition": carrier(Kind.JOB, "sagemaker", _NETWORK_VPC),
    "AWS::SageMaker::ModelQualityJobDefinition": carrier(Kind.JOB, "sagemaker", _NETWORK_VPC),
    "AWS::SageMaker::MonitoringSchedule": carrier(
        Kind.JOB, "sagemaker", f"MonitoringScheduleConfig.MonitoringJobDefinition.{_NETWORK_VPC}"
    ),
    "AWS::SageMaker::NotebookInstance": carrier(Kind.JOB, "sagemaker", _IDS, "SubnetId"),
    "AWS::SageMaker::ProcessingJob": carrier(Kind.JOB, "sagemaker", _NETWORK_VPC),
    "AWS::SageMaker::UserProfile": carrier(Kind.JOB, "sagemaker", "UserSettings.SecurityGroups"),
    "AWS::SecurityAgent::AgentSpace": carrier(Kind.JOB, "security-agent", "AwsResources.Vpcs.SecurityGroupArns"),
    "AWS::SecurityAgent::Pentest": carrier(Kind.JOB, "security-agent", "VpcConfig.SecurityGroupArns"),
    "AWS::Deadline::LicenseEndpoint": carrier(Kind.ENDPOINT, "deadline", _IDS, "SubnetIds"),
    "AWS::GroundStation::DataflowEndpointGroup": carrier(
        Kind.CONNECTOR, "ground-station", "EndpointDetails.SecurityDetails.SecurityGroupIds"
    ),
    "AWS::MediaConnect::Flow": carrier(Kind.JOB, "mediaconnect", "VpcInterfaces.SecurityGroupIds"),
    "AWS::MediaConnect::FlowVpcInterface": carrier(Kind.JOB, "mediaconnect", _IDS, "SubnetId"),
    "AWS::MediaConnect::RouterNetworkInterface": carrier(
        Kind.JOB, "mediaconnect", "Configuration.Vpc.SecurityGroupIds", "Configuration.Vpc.SubnetId"
    ),
    "AWS::MediaLive::Channel": carrier(
        Kind.JOB, "medialive", "Vpc.SecurityGroupIds", "Vpc.SubnetIds", facing=Facing.UNKNOWN
    ),
    "AWS::MediaLive::Input": carrier(
        Kind.JOB, "medialive", "Vpc.SecurityGroupIds", "Vpc.SubnetIds", facing=Facing.UNKNOWN
    ),
    # Desktops
    "AWS::AppStream::AppBlockBuilder": carrier(
        Kind.DESKTOP, "appstream", _VPC, _SUBNETS, public="EnableDefaultInternetAccess"
    ),
    "AWS::AppStream::Fleet": carrier(Kind.DESKTOP, "appstream", _VPC, _SUBNETS, public="EnableDefaultInternetAccess"),
    "AWS::AppStream::ImageBuilder": carrier(
        Kind.DESKTOP, "appstream", _VPC, _SUBNETS, public="EnableDefaultInternetAccess"
    ),
    "AWS::WorkSpacesWeb::NetworkSettings": carrier(Kind.DESKTOP, "workspaces-web", _IDS, "SubnetIds"),
    # Databases
    "AWS::RDS::DBInstance": carrier(
        Kind.DATABASE,
        "rds",
        "VPCSecurityGroups",
        subnets="DBSubnetGroupName",
        facing=Facing.UNKNOWN,
        public="PubliclyAccessible",
        fallback=Fallback(
            unless=(
                "DBClusterIdentifier",
                "DBSecurityGroups",
                "SourceDBInstanceIdentifier",
                "SourceDBClusterIdentifier",
                "SourceDBInstanceAutomatedBackupsArn",
                "SourceDbiResourceId",
            )
        ),
    ),
    "AWS::RDS::DBCluster": carrier(
        Kind.DATABASE,
        "rds",
        _RDS,
        subnets="DBSubnetGroupName",
        facing=Facing.UNKNOWN,
        public="PubliclyAccessible",
        fallback=Fallback(unless=("ReplicationSourceIdentifier", "SourceDBClusterIdentifier")),
    ),
    "AWS::RDS::DBProxy": carrier(Kind.DATABASE, "rds", _RDS, "VpcSubnetIds"),
    "AWS::RDS::DBProxyEndpoint": carrier(Kind.DATABASE, "rds", _RDS, "VpcSubnetIds"),
    "AWS::RDS::OptionGroup": carrier(
        Kind.DATABASE, "rds", "OptionConfigurations.VpcSecurityGroupMemberships", facing=Facing.UNKNOWN
    ),
    "AWS::DocDB::DBCluster": carrier(
        Kind.DATABASE,
        "docdb",
        _RDS,
        fallback=Fallback(unless=("SourceDBClusterIdentifier",)),
        subnets="DBSubnetGroupName",
    ),
    "AWS::DocDBElastic::Cluster": carrier(Kind.DATABASE, "docdb", _RDS, "SubnetIds"),
    "AWS::Neptune::DBCluster": carrier(
        Kind.DATABASE,
        "neptune",
        _RDS,
        subnets="DBSubnetGroupName",
        facing=Facing.UNKNOWN,
        fallback=Fallback(unless=("SourceDBClusterIdentifier",)),
    ),
    "AWS::NeptuneGraph::PrivateGraphEndpoint": carrier(Kind.DATABASE, "neptune", _IDS, "SubnetIds"),
    "AWS::Redshift::Cluster": carrier(
        Kind.DATABASE,
        "redshift",
        _RDS,
        subnets="ClusterSubnetGroupName",
        facing=Facing.UNKNOWN,
        public="PubliclyAccessible",
        fallback=Fallback(within="ClusterSubnetGroupName"),
    ),
    "AWS::Redshift::EndpointAccess": carrier(
        Kind.DATABASE, "redshift", "VpcSecurityGroupIds VpcSecurityGroups.VpcSecurityGroupId"
    ),
    "AWS::RedshiftServerless::Workgroup": carrier(
        Kind.DATABASE, "redshift", _IDS, "SubnetIds", facing=Facing.UNKNOWN, public="PubliclyAccessible"
    ),
    "AWS::Timestream::InfluxDBCluster": carrier(
        Kind.DATABASE, "timestream", _RDS, "VpcSubnetIds", public="PubliclyAccessible"
    ),
    "AWS::Timestream::InfluxDBInstance": carrier(
        Kind.DATABASE, "timestream", _RDS, "VpcSubnetIds", public="PubliclyAccessible"
    ),
    # Caches and search
    "AWS::DAX::Cluster": carrier(Kind.CACHE, "dax", _IDS, subnets="SubnetGroupName"),
    "AWS::ElastiCache::CacheCluster": carrier(
        Kind.CACHE,
        "elasticache",
        _RDS,
        fallback=Fallback(unless=("CacheSecurityGroupNames",)),
        subnets="CacheSubnetGroupName",
    ),
    "AWS::ElastiCache::ReplicationGroup": carrier(
        Kind.CACHE,
        "elasticache",
        _IDS,
        subnets="CacheSubnetGroupName",
        fallback=Fallback(unless=("CacheSecurityGroupNames", "GlobalReplicationGroupId")),
    ),
    "AWS::ElastiCache::ServerlessCache": carrier(Kind.CACHE, "elasticache", _IDS, "SubnetIds", fallback=Fallback()),
    "AWS::MemoryDB::Cluster": carrier(Kind.CACHE, "memorydb", _IDS, subnets="SubnetGroupName"),
    "AWS::Elasticsearch::Domain": carrier(
        Kind.SEARCH,
        "opensearch",
        "VPCOptions.SecurityGroupIds",
        "VPCOptions.SubnetIds",
        fallback=Fallback(within="VPCOptions"),
    ),
    "AWS::OpenSearchService::Domain": carrier(
        Kind.SEARCH,
        "opensearch",
        "VPCOptions.SecurityGroupIds",
        "VPCOptions.SubnetIds",
        fallback=Fallback(within="VPCOptions"),
    ),
    "AWS::OpenSearchServerless::VpcEndpoint": carrier(Kind.SEARCH, "opensearch", _IDS, "SubnetIds"),
    # Queues and streams
    "AWS::AmazonMQ::Broker": carrier(
        Kind.QUEUE, "mq", "SecurityGroups", "SubnetIds", facing=Facing.UNKNOWN, public="PubliclyAccessible"
    ),
    "AWS::MSK::Cluster": carrier(
        Kind.QUEUE,
        "msk",
        "BrokerNodeGroupInfo.SecurityGroups",
        "BrokerNodeGroupInfo.ClientSubnets",
        public="BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type",
    ),
    "AWS::MSK::ServerlessCluster": carrier(Kind.QUEUE, "msk", "VpcConfigs.SecurityGroups", "VpcConfigs.SubnetIds"),
    "AWS::MSK::VpcConnection": carrier(Kind.QUEUE, "msk", "SecurityGroups", "ClientSubnets"),
    # File systems
    "AWS::EFS::MountTarget": carrier(Kind.FILE_SYSTEM, "efs", "SecurityGroups", "SubnetId"),
    "AWS::S3Files::MountTarget": carrier(Kind.FILE_SYSTEM, "s3-files", "SecurityGroups", "SubnetId"),
    "AWS::FSx::FileSystem": carrier(Kind.FILE_SYSTEM, "fsx", _IDS, "SubnetIds"),
    "AWS::Transfer::Server": carrier(
        Kind.FILE_SYSTEM,
        "transfer",
        "EndpointDetails.SecurityGroupIds",
        "EndpointDetails.SubnetIds",
        tier=Tier.EDGE,
        facing=Facing.UNKNOWN,
    ),
    "AWS::Transfer::WebApp": carrier(
        Kind.FILE_SYSTEM,
        "transfer",
        "EndpointDetails.Vpc.SecurityGroupIds",
        "EndpointDetails.Vpc.SubnetIds",
        tier=Tier.EDGE,
        facing=Facing.UNKNOWN,
    ),
    # Doors of services inside the VPC
    "AWS::EC2::VPCEndpoint": carrier(
        Kind.ENDPOINT,
        "vpc-endpoint",
        _IDS,
        "SubnetIds",
        fallback=Fallback(only=("VpcEndpointType", ("Interface",))),
    ),
    "AWS::EC2::InstanceConnectEndpoint": carrier(
        Kind.ENDPOINT, "instance-connect", _IDS, "SubnetId", fallback=Fallback()
    ),
    "AWS::Route53Resolver::ResolverEndpoint": carrier(Kind.ENDPOINT, "resolver", _IDS, "IpAddresses.SubnetId"),
    "AWS::S3Outposts::Endpoint": carrier(Kind.ENDPOINT, "s3-outposts", "SecurityGroupId", "SubnetId"),
    "AWS::VpcLattice::ResourceGateway": carrier(Kind.ENDPOINT, "lattice", _IDS, "SubnetIds"),
    "AWS::VpcLattice::ServiceNetworkVpcAssociation": carrier(Kind.ENDPOINT, "lattice", _IDS),
    "AWS::APS::Scraper": carrier(
        Kind.CONNECTOR,
        "prometheus",
        "Source.EksConfiguration.SecurityGroupIds Source.VpcConfiguration.SecurityGroupIds",
    ),
    "AWS::ApiGatewayV2::VpcLink": carrier(Kind.CONNECTOR, "api-gateway", _IDS, "SubnetIds"),
    "AWS::AppRunner::VpcConnector": carrier(Kind.CONNECTOR, "app-runner", "SecurityGroups", "Subnets"),
    "AWS::DataSync::Agent": carrier(Kind.CONNECTOR, "datasync", "SecurityGroupArns"),
    "AWS::DataSync::LocationEFS": carrier(Kind.CONNECTOR, "datasync", "Ec2Config.SecurityGroupArns"),
    "AWS::DataSync::LocationFSxLustre": carrier(Kind.CONNECTOR, "datasync", "SecurityGroupArns"),
    "AWS::DataSync::LocationFSxONTAP": carrier(Kind.CONNECTOR, "datasync", "SecurityGroupArns"),
    "AWS::DataSync::LocationFSxOpenZFS": carrier(Kind.CONNECTOR, "datasync", "SecurityGroupArns"),
    "AWS::DataSync::LocationFSxWindows": carrier(Kind.CONNECTOR, "datasync", "SecurityGroupArns"),
    "AWS::DevOpsAgent::PrivateConnection": carrier(
        Kind.CONNECTOR, "devops-agent", "ConnectionConfiguration.ServiceManaged.SecurityGroupIds"
    ),
    "AWS::DMS::InstanceProfile": carrier(
        Kind.CONNECTOR, "dms", "VpcSecurityGroups", facing=Facing.UNKNOWN, public="PubliclyAccessible"
    ),
    "AWS::DMS::ReplicationConfig": carrier(
        Kind.CONNECTOR, "dms", "ComputeConfig.VpcSecurityGroupIds", subnets="ComputeConfig.ReplicationSubnetGroupId"
    ),
    "AWS::DMS::ReplicationInstance": carrier(
        Kind.CONNECTOR,
        "dms",
        _RDS,
        facing=Facing.UNKNOWN,
        public="PubliclyAccessible",
        subnets="ReplicationSubnetGroupIdentifier",
    ),
    "AWS::Grafana::Workspace": carrier(
        Kind.CONNECTOR, "grafana", "VpcConfiguration.SecurityGroupIds", "VpcConfiguration.SubnetIds"
    ),
    "AWS::IoT::TopicRuleDestination": carrier(
        Kind.CONNECTOR, "iot", "VpcProperties.SecurityGroups", "VpcProperties.SubnetIds"
    ),
    "AWS::Kendra::DataSource": carrier(
        Kind.CONNECTOR,
        "kendra",
        f"DataSourceConfiguration.ConfluenceConfiguration.{_LONG_VPC} "
        f"DataSourceConfiguration.DatabaseConfiguration.{_LONG_VPC} "
        f"DataSourceConfiguration.SharePointConfiguration.{_LONG_VPC}",
    ),
    "AWS::KinesisFirehose::DeliveryStream": carrier(
        Kind.CONNECTOR,
        "firehose",
        f"AmazonOpenSearchServerlessDestinationConfiguration.{_LONG_VPC} "
        f"AmazonopensearchserviceDestinationConfiguration.{_LONG_VPC} "
        f"ElasticsearchDestinationConfiguration.{_LONG_VPC}",
    ),
    "AWS::MSK::Replicator": carrier(Kind.CONNECTOR, "msk", "KafkaClusters.VpcConfig.SecurityGroupIds"),
    "AWS::OSIS::Pipeline": carrier(
        Kind.CONNECTOR,
        "opensearch-ingestion",
        "VpcOptions.SecurityGroupIds VpcEndpoints.VpcOptions.SecurityGroupIds",
        "VpcOptions.SubnetIds",
    ),
    "AWS::PCAConnectorAD::Connector": carrier(Kind.CONNECTOR, "pca-connector", "VpcInformation.SecurityGroupIds"),
    "AWS::QBusiness::DataSource": carrier(
        Kind.CONNECTOR, "q-business", "VpcConfiguration.SecurityGroupIds", "VpcConfiguration.SubnetIds"
    ),
    "AWS::QuickSight::VPCConnection": carrier(Kind.CONNECTOR, "quicksight", _IDS, "SubnetIds"),
    "AWS::RTBFabric::RequesterGateway": carrier(Kind.ENDPOINT, "rtb-fabric", _IDS, "SubnetIds"),
    "AWS::RTBFabric::ResponderGateway": carrier(Kind.ENDPOINT, "rtb-fabric", _IDS, "SubnetIds"),
}
"""The resource types that carry groups."""
