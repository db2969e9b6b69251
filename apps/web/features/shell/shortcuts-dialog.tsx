'use client'
import { Dialog, Kbd } from '@parley/ui'
import { shortcuts } from './use-shortcuts.ts'

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts">
      <dl className="divide-y">
        {Object.values(shortcuts).map(({ keys, says }) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-2">
            <dt>{says}</dt>
            <dd className="shrink-0 text-muted">
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
