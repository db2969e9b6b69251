import { Agent } from 'node:https'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'

/**
 * Sends whatever is meant for Google to another address: firebase-admin names its hosts itself and takes no other.
 * For tests, and for installations that reach Google through a forwarding proxy of their own.
 */
export function agentTo(endpoint: string): Agent {
  const { protocol, hostname, port } = new URL(endpoint)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'https:'
  const to = { host, port: Number(port || (secure ? 443 : 80)) }
  class EndpointAgent extends Agent {
    override createConnection() {
      return secure ? connectTls({ ...to, servername: host }) : connect(to)
    }
  }
  return new EndpointAgent({ keepAlive: true, maxSockets: 32 })
}
