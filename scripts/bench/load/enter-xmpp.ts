import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { addressOf, HOST, PASSWORD } from '../ejabberd/addresses.ts'

const OPEN = `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='${HOST}' version='1.0'/>`
const BIND = `<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>`
const PRESENT = `<presence xmlns='jabber:client'/>`
const REFUSED = /^<(failure|stream:error|close)|^<\w+ [^>]*type='error'/

/** SASL PLAIN (RFC 4616): what costs the server least. */
const authOf = (person: string) => {
  const credentials = Buffer.from(`\0${person}\0${PASSWORD}`).toString('base64')
  return `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${credentials}</auth>`
}

/** Among thousands who come ejabberd now and then closes one without a word: who is not refused comes again. */
const ATTEMPTS = 5
const PAUSE_MS = 500
class Closed extends Error {}

/**
 * Opens a stream over a WebSocket (RFC 7395), signs in, binds a resource (RFC 6120) and says that somebody is there, whom
 * messages may be sent to from then on. `heed` hears every stanza after that: each is a frame of its own.
 * @throws Error when the server refuses, or ends the connection each time
 */
export async function enterXmpp(
  url: string,
  person: string,
  heed: (stanza: string) => void,
): Promise<WebSocket> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await enterOnce(url, person, heed)
    } catch (error) {
      if (!(error instanceof Closed) || attempt === ATTEMPTS) throw error
      await sleep(PAUSE_MS)
    }
  }
}

function enterOnce(url: string, person: string, heed: (stanza: string) => void): Promise<WebSocket> {
  /** What is waited for, and what is said to it. */
  const steps = [
    ['<stream:features', authOf(person)],
    ['<success', OPEN],
    ['<stream:features', BIND],
    ['<iq', PRESENT],
    ['<presence', null],
  ] as const
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, 'xmpp', { perMessageDeflate: false, maxPayload: 0 })
    let step = 0
    ws.on('open', () => ws.send(OPEN))
    ws.on('message', (data: Buffer) => {
      const stanza = data.toString()
      if (step === steps.length) return heed(stanza)
      if (REFUSED.test(stanza)) return reject(new Error(`${addressOf(person)} was not let in: ${stanza}`))
      const [awaited, answer] = steps[step]!
      if (!stanza.startsWith(awaited)) return
      step++
      if (answer === null) resolve(ws)
      else ws.send(answer)
    })
    ws.on('error', reject)
    ws.on('close', (code) => reject(new Closed(`${addressOf(person)} was not let in: ${code}.`)))
  })
}
