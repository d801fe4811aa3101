/** Management endpoint of the cloud that a sign-in service belongs to (https://learn.microsoft.com/azure/security/fundamentals/national-clouds). */
const BY_AUTHORITY: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'https://management.usgovcloudapi.net',
  'login.chinacloudapi.cn': 'https://management.chinacloudapi.cn',
  'login.partner.microsoftonline.cn': 'https://management.chinacloudapi.cn',
}

/** Returns the origin of the cloud's management endpoint: the public cloud's for any unlisted sign-in service. */
export function managementOf(authority: string): string {
  return BY_AUTHORITY[new URL(authority).host] ?? 'https://management.azure.com'
}
