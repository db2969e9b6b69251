type Violation = Event &
  Pick<SecurityPolicyViolationEvent, 'blockedURI' | 'effectiveDirective' | 'disposition'>
type Opens = new (address: string) => WebSocket

export type Barred = {
  has(address: string): boolean
  /** A socket. Throws where none may be opened. */
  open(address: string): WebSocket
  close(): void
}

/**
 * Nodes that this page may not reach: the policy that it was loaded with (CSP, connect-src) names those that there were
 * then. Only the browser knows it, and says so when one is tried. By host: the policy names each for sockets and for polls.
 */
export function watchBarred(page: EventTarget, Socket: Opens = WebSocket): Barred {
  const hosts = new Set<string>()
  const bar = (address: string) => void hosts.add(hostOf(address))
  const violated = (event: Event) => {
    const { blockedURI, effectiveDirective, disposition } = event as Violation
    if (effectiveDirective === 'connect-src' && disposition === 'enforce') bar(blockedURI)
  }
  page.addEventListener('securitypolicyviolation', violated)

  return {
    has: (address) => hosts.has(hostOf(address)),
    open(address) {
      try {
        const socket = new Socket(address)
        if (socket.readyState !== socket.CLOSED) return socket
      } catch (error) {
        if (error instanceof DOMException && error.name === 'SecurityError') bar(address)
        throw error
      }
      // as Chromium refuses one: no close follows that could be waited for
      bar(address)
      throw new DOMException(`This page may not connect to ${address}.`, 'SecurityError')
    },
    close: () => page.removeEventListener('securitypolicyviolation', violated),
  }
}

/** What is blocked need not be an address: `inline`, say, which is no node's either. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address)
