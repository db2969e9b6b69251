import pg from 'pg'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'

/**
 * The limit: what `ws` and `pg` can do alone. Messages that arrive while a statement is under way go into the next one,
 * which numbers them without gaps and inserts all rows at once; then the sender is told and everybody in the conversation.
 * No access checks, no idempotency, no versions, no threads, no outbox, one process.
 */
type Waiting = { socket: WebSocket; from: string; id: number; conversation: string; text: string }

const db = new pg.Client({ connectionString: process.env.DATABASE_URL })
await db.connect()
await db.query(`
  CREATE TABLE IF NOT EXISTS bare_conversations (id bigint PRIMARY KEY, last_seq int NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS bare_messages (
    conversation_id bigint, seq int, sender_id bigint, text text, at timestamptz DEFAULT now(),
    PRIMARY KEY (conversation_id, seq));
  INSERT INTO bare_conversations (id) SELECT id FROM conversations ON CONFLICT DO NOTHING`)

const INSERT = {
  name: 'insert',
  text: `WITH given AS (
      SELECT ord, conversation, sender, text, row_number() OVER (PARTITION BY conversation ORDER BY ord) AS nth
      FROM unnest($1::bigint[], $2::bigint[], $3::text[]) WITH ORDINALITY AS g(conversation, sender, text, ord)),
    numbered AS (
      UPDATE bare_conversations c SET last_seq = last_seq + n.n
      FROM (SELECT conversation, count(*)::int AS n FROM given GROUP BY conversation) n
      WHERE c.id = n.conversation RETURNING c.id, last_seq - n.n AS before)
    INSERT INTO bare_messages (conversation_id, seq, sender_id, text)
    SELECT g.conversation, b.before + g.nth, g.sender, g.text FROM given g JOIN numbered b ON b.id = g.conversation`,
}

const { rows } = await db.query<{ person: string; all: string[] }>(
  'SELECT person_id AS person, array_agg(conversation_id::text) AS all FROM memberships GROUP BY person_id',
)
const conversations = new Map(rows.map((row) => [row.person, row.all]))
/** Who is connected, by conversation. */
const members = new Map<string, Set<WebSocket>>()
const waiting: Waiting[] = []
let flushing = false

const server = new WebSocketServer({
  port: Number(process.env.PORT),
  host: '127.0.0.1',
  perMessageDeflate: false,
})
server.on('connection', (socket) => {
  let person = ''
  socket.on('message', (data: RawData) => {
    const frame = JSON.parse(String(data)) as {
      hello?: string
      id: number
      conversation: string
      text: string
    }
    if (frame.hello) {
      person = frame.hello
      const mine = conversations.get(person) ?? []
      for (const id of mine) {
        const there = members.get(id) ?? new Set()
        members.set(id, there.add(socket))
      }
      socket.once('close', () => {
        for (const id of mine) members.get(id)?.delete(socket)
      })
      return socket.send('{"welcome":true}')
    }
    waiting.push({ socket, from: person, id: frame.id, conversation: frame.conversation, text: frame.text })
    if (!flushing) void flush()
  })
})
server.once('listening', () => process.send?.('ready'))

async function flush(): Promise<void> {
  flushing = true
  await new Promise(setImmediate)
  while (waiting.length > 0) {
    const batch = waiting.splice(0, 1_000)
    await db.query({
      ...INSERT,
      values: [
        batch.map((one) => one.conversation),
        batch.map((one) => one.from),
        batch.map((one) => one.text),
      ],
    })
    tell(batch)
  }
  flushing = false
}

/** Frames of one flush leave each socket in one write. */
function tell(batch: Waiting[]): void {
  const corked = new Set<WebSocket>()
  const send = (socket: WebSocket, frame: Buffer) => {
    if (!corked.has(socket)) {
      tcpOf(socket).cork()
      corked.add(socket)
    }
    socket.send(frame, { binary: false })
  }
  for (const { socket, from, id, conversation, text } of batch) {
    send(socket, Buffer.from(JSON.stringify({ ack: id })))
    const frame = Buffer.from(JSON.stringify({ from, text }))
    for (const member of members.get(conversation) ?? []) send(member, frame)
  }
  for (const socket of corked) tcpOf(socket).uncork()
}

const tcpOf = (socket: WebSocket) => (socket as unknown as { _socket: import('node:net').Socket })._socket

process.on('disconnect', () => process.exit(0))
