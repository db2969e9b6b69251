'use client'
import { Banner, Button } from '@parley/ui'
import { WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConnection } from '../session/use-sync.ts'

/** Short breaks heal unseen. */
const patienceMs = 2_000

/** Nothing while all is well; after two seconds of trouble a line that says what still works. */
export function ConnectionBanner() {
  const connection = useConnection()
  const since = 'since' in connection ? connection.since : null
  const [impatientAt, setImpatientAt] = useState<number | null>(null)
  useEffect(() => {
    if (since === null) return
    const timer = setTimeout(() => setImpatientAt(since), Math.max(0, since + patienceMs - Date.now()))
    return () => clearTimeout(timer)
  }, [since])

  if (connection.state === 'too-old')
    return (
      <Banner
        tone="warning"
        action={
          <Button size="small" onClick={() => window.location.reload()}>
            Reload
          </Button>
        }
      >
        This page is older than the server. Reload it to go on; what you wrote is kept.
      </Banner>
    )
  if (since === null || impatientAt !== since) return null
  return connection.state === 'offline' ? (
    <Banner tone="warning" icon={WifiOff}>
      You are offline. You can read what is here and write: messages leave when you are back.
    </Banner>
  ) : (
    <Banner tone="warning" working>
      Connecting again. You can read and write: messages leave once it is done.
    </Banner>
  )
}
