import { type RuleKind, ruleKind } from '@/lib/flow/tuple/rule-kind'
import { ruleName } from '@/lib/flow/tuple/rule-name'

/** Azure's own rules. Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules. */
const ABOUT: Readonly<Record<string, string>> = {
  DefaultRule_AllowVnetInBound: 'Allows inbound traffic from the virtual network and peered or connected networks.',
  DefaultRule_AllowAzureLoadBalancerInBound: 'Allows inbound traffic from Azure’s load balancer, including health probes.',
  DefaultRule_DenyAllInBound: 'Denies all other inbound traffic.',
  DefaultRule_AllowVnetOutBound: 'Allows outbound traffic to the virtual network and peered or connected networks.',
  DefaultRule_AllowInternetOutBound: 'Allows outbound traffic to the internet.',
  DefaultRule_DenyAllOutBound: 'Denies all other outbound traffic.',
}

const KINDS: Readonly<Record<RuleKind, string>> = {
  user: 'A rule of the network security group.',
  default: 'A rule that every network security group has.',
  platform: 'Decided by Azure itself, not by one of your rules; may include application traffic.',
  admin: 'A security admin rule of Virtual Network Manager, or a rule that the log names without a prefix.',
  unspecified: 'No rule decided: encryption was required.',
}

/** Returns the portal's name of a rule such as `DefaultRule_DenyAllInBound`, and its kind as far as the name shows it. */
export function decodeRule(rule: string): { name: string; kind: RuleKind } {
  return { name: ruleName(rule), kind: ruleKind(rule) }
}

/** Describes a rule, or its kind, in one sentence. */
export function describeRule(rule: string): string {
  return ABOUT[rule] ?? KINDS[decodeRule(rule).kind]
}
