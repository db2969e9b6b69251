import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@parley/protocol'
import type { WebSocket } from 'ws'
import { enter, say } from './enter.ts'
import { inGroups } from './in-groups.ts'
import type { Place } from './protocol.ts'
import { sentAtOf, serveOrders } from './serve-orders.ts'
import { eachAfter, lastNumberAfter, wordAfter } from './skim.ts'
import { openWaiting } from './waiting.ts'

/** People on Parley: a socket each, and frames of which no more is read than the bench needs, as on the bare server. */
const TOGETHER = 100

serveOrders(async (url, places, meter) => {
  const { answerTo, answered } = openWaiting()
  let leaving = false

  async function join({ person, ticket, url: own = url }: Place): Promise<WebSocket> {
    const held = new Map<string, number>()
    const synced = Promise.withResolvers<void>()
    function heed(frame: ServerFrame): void {
      switch (frame.t) {
        case 'nack':
          answered(frame.id, new Error(frame.says))
          break
        case 'synced':
          for (const { conversation, version } of frame.changes) held.set(conversation, version)
          if (!frame.more) synced.resolve()
          break
        case 'resync':
          sync(true)
      }
    }
    function skim(text: string): boolean {
      if (text.startsWith('{"t":"ack"')) answered(wordAfter(text, '"id":"'))
      else if (text.startsWith('{"t":"events"')) {
        held.set(wordAfter(text, '"conversation":"'), lastNumberAfter(text, '{"version":'))
        eachAfter(text, '"type":"message.created"', (at) => {
          if (wordAfter(text, '"sender":"', at) !== person)
            meter.delivered(sentAtOf(wordAfter(text, '"text":"', at)))
        })
      } else return false
      return true
    }
    const { ws } = await enter(own, ticket, heed, skim)
    function sync(only: boolean): void {
      const conversations = [...held].map(([id, version]) => [id, version, 1])
      say(ws, { t: 'sync', req: 1, person: 0, conversations, ...(only && { only }) })
    }
    // whoever lost somebody measures nothing
    ws.on('close', (code) => {
      if (!leaving) throw new Error(`The connection of ${person} was closed: ${code}.`)
    })
    sync(false)
    await synced.promise
    return ws
  }

  const sockets = await inGroups(places, TOGETHER, join)
  return {
    send(at, conversation, text) {
      const id = randomUUID()
      const answer = answerTo(id)
      say(sockets[at]!, { t: 'send', id, conversation, text })
      return answer
    },
    leave() {
      leaving = true
      for (const ws of sockets) ws.terminate()
    },
  }
})
