'use client'
import { Hourglass, RotateCw, WifiOff } from 'lucide-react'
import { Button } from './button.tsx'
import { StatePage } from './state-page.tsx'
import { useTryAgain } from './try-again.ts'
import { useUiText } from './ui-text.ts'

export type WaitingPageProps = {
  /** What does not answer. */
  waitsFor: 'database' | 'server'
  /** An attempt is under way. */
  trying: boolean
  onAgain: () => void
}

/** Instead of a page that cannot open yet, and will by itself. Only in the browser, once an attempt has failed. */
export function WaitingPage({ waitsFor, trying, onAgain }: WaitingPageProps) {
  const text = useUiText()
  useTryAgain(!trying, onAgain)
  const offline = !navigator.onLine
  const [title, why] = text.waiting[offline ? 'network' : waitsFor]
  return (
    <main className="flex min-h-dvh">
      <div role="status" className="flex min-h-0 flex-1">
        <StatePage
          icon={offline ? WifiOff : Hourglass}
          title={title}
          actions={
            <Button icon={RotateCw} busy={trying} onClick={onAgain}>
              {text.retry}
            </Button>
          }
        >
          {why} {text.opensByItself}
        </StatePage>
      </div>
    </main>
  )
}
