import { database } from '@/server/database'

export const dynamic = 'force-dynamic'

/** This process can serve people: its database answers. Says what does not. */
export async function GET() {
  try {
    await database().ping()
    return Response.json({ ready: true, database: 'ok' })
  } catch {
    return Response.json({ ready: false, database: 'PostgreSQL does not answer' }, { status: 503 })
  }
}
