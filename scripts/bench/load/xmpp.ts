import type { WebSocket } from 'ws'
import { addressOf, roomOf } from '../ejabberd/addresses.ts'
import { enterXmpp } from './enter-xmpp.ts'
import { inGroups } from './in-groups.ts'
import { sentAtOf, serveOrders } from './serve-orders.ts'
import { openWaiting } from './waiting.ts'

const TOGETHER = 100

/**
 * People on an XMPP server: a socket each, and stanzas are looked at no closer than is needed to count them.
 *
 * A message is done when another person, in a room the sender, has it. That is the first sign a client gets that a
 * message is kept for both: ejabberd's mod_mam writes the sender's copy before the message is routed and the receiver's
 * before it is handed on, a room's before it is sent to anybody, each waiting for PostgreSQL; the copy that arrives then
 * carries the archive's id (XEP-0359). An acknowledgement by stream management (XEP-0198) speaks of the sender's copy
 * alone and takes two stanzas more, so that it is left out.
 * @param archived each message that arrives must carry that id: without it, nothing is measured
 */
export function serveXmpp({ archived }: { archived: boolean }): void {
  serveOrders(async (url, places, meter) => {
    const rooms = new Set<string>()
    /** By the id of the stanza; by room and person, who waits to be let in. */
    const { answerTo, answered } = openWaiting()
    let last = 0
    let leaving = false

    function heed(person: string, stanza: string): void {
      const head = stanza.slice(0, stanza.indexOf('>'))
      const error = head.includes("type='error'") ? new Error(stanza) : undefined
      if (head.startsWith('<presence')) {
        if (error || stanza.includes("code='110'")) answered(attribute(head, 'from'), error)
        return
      }
      const id = attribute(head, 'id')
      if (error) {
        answered(id, error)
        return
      }
      const body = stanza.indexOf('<body>')
      // a room's subject
      if (body < 0) return
      if (archived && !stanza.includes('<stanza-id ')) throw new Error(`Not in the archive: ${stanza}`)
      const inRoom = head.includes("type='groupchat'")
      const own = inRoom && attribute(head, 'from').endsWith(`/${person}`)
      if (!own) meter.delivered(sentAtOf(stanza.slice(body + '<body>'.length)))
      if (own || !inRoom) answered(id)
    }

    async function join(person: string): Promise<WebSocket> {
      const ws = await enterXmpp(url, person, (stanza) => heed(person, stanza))
      // whoever lost somebody measures nothing
      ws.on('close', (code) => {
        if (!leaving) throw new Error(`The connection of ${person} was closed: ${code}.`)
      })
      return ws
    }

    const sockets = await inGroups(places, TOGETHER, ({ person }) => join(person))
    return {
      /** Enters a room (XEP-0045); whoever is first makes it. */
      async join(channel) {
        const enter = (at: number) => {
          const to = `${roomOf(channel)}/${places[at]!.person}`
          const entered = answerTo(to)
          sockets[at]!.send(
            `<presence xmlns='jabber:client' to='${to}'><x xmlns='http://jabber.org/protocol/muc'/></presence>`,
          )
          return entered
        }
        await enter(0)
        await inGroups(places, TOGETHER, (_, at) => enter(at))
        rooms.add(channel)
      },
      send(at, conversation, text) {
        const id = String(++last)
        // neighbours write to one another
        const [to, type] = rooms.has(conversation)
          ? [roomOf(conversation), 'groupchat']
          : [addressOf(places[at ^ 1]!.person), 'chat']
        const done = answerTo(id)
        sockets[at]!.send(
          `<message xmlns='jabber:client' type='${type}' to='${to}' id='${id}'><body>${text}</body></message>`,
        )
        return done
      },
      leave() {
        leaving = true
        for (const ws of sockets) ws.terminate()
      },
    }
  })
}

/** Of the first tag; '' when it is not there. */
function attribute(head: string, name: string): string {
  const found = head.indexOf(` ${name}='`)
  if (found < 0) return ''
  const from = found + name.length + 3
  return head.slice(from, head.indexOf("'", from))
}
