'use client'
import { Badge, SidePanel, Timestamp } from '@parley/ui'
import { REASONS, STATES, stepInWords, type Trouble } from './words.ts'

/** Everything that happened to one notification, in order. What its message said is not shown here. */
export function TracePanel({ trouble, onClose }: { trouble: Trouble; onClose: () => void }) {
  return (
    <SidePanel title="Notification" subtitle={`to ${trouble.person.name}`} onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="flex items-center gap-2">
          <Badge tone={STATES[trouble.state].tone}>{STATES[trouble.state].says}</Badge>
          <span className="text-muted">{REASONS[trouble.reason]}</span>
        </p>
        <ol className="flex flex-col gap-3">
          <li>
            <p className="text-strong">The message was sent</p>
            <Timestamp at={trouble.at} format="short" className="text-muted text-sm" />
          </li>
          {trouble.steps.map((step, i) => (
            <li key={i}>
              <p className="text-strong">{stepInWords(step)}</p>
              <Timestamp at={step.at} format="short" className="text-muted text-sm" />
            </li>
          ))}
        </ol>
      </div>
    </SidePanel>
  )
}
