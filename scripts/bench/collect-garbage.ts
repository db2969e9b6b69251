import { WebSocket } from 'ws'

type Target = { webSocketDebuggerUrl: string }

/**
 * Lets a Node process collect its garbage now, over its inspector (Chrome DevTools Protocol, HeapProfiler domain):
 * what is resident afterwards is what is held, not what happened to be left lying about.
 */
export async function collectGarbage(inspectorPort: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)
  const [target] = (await answer.json()) as Target[]
  const socket = new WebSocket(target!.webSocketDebuggerUrl, { perMessageDeflate: false })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('open', () => socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })))
      socket.once('message', () => resolve())
    })
  } finally {
    socket.terminate()
  }
}
