/** TCP ports for the administration of machines: SSH, Telnet, RPC, NetBIOS, SMB, RDP, VNC, WinRM. */
export const ADMIN_PORTS: readonly number[] = [22, 23, 135, 139, 445, 3389, 5900, 5985, 5986]
/** TCP ports of databases and stores that should not be public, and of the Docker and Kubernetes APIs. */
const DATA_PORTS: readonly number[] = [1433, 1521, 2375, 3306, 5432, 6379, 6443, 9200, 11_211, 27_017]
export const GUARDED_PORTS: readonly number[] = [...ADMIN_PORTS, ...DATA_PORTS].sort((a, b) => a - b)
