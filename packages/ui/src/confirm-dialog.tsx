'use client'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormField } from './form-field.tsx'
import { TextField } from './text-field.tsx'
import { useUiText } from './ui-text.ts'

export type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The act as a question: "Deactivate alice?" */
  title: ReactNode
  /** What will happen, and to how many. */
  consequence: ReactNode
  /** Whether it can be taken back is never left out; a sentence of your own replaces the standard one. */
  reversal: 'undoable' | 'permanent' | { explained: ReactNode }
  /** The verb itself, not "OK". */
  confirmLabel: string
  tone?: 'danger' | 'neutral'
  /** For what hurts many: the person types this word first. */
  typeToConfirm?: string
  /** Rejecting keeps the dialog open and shows the error's message. */
  onConfirm: () => Promise<void> | void
}

/** Asks before an act that cannot simply be undone. Where undo is possible, act at once and offer it in a toast. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    consequence,
    reversal,
    confirmLabel,
    tone = 'danger',
    typeToConfirm,
  } = props
  const text = useUiText()
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<{ at: 'asking' } | { at: 'working' } | { at: 'failed'; why: string }>({
    at: 'asking',
  })

  const close = () => {
    setTyped('')
    setState({ at: 'asking' })
    onOpenChange(false)
  }
  const confirm = async () => {
    setState({ at: 'working' })
    try {
      await props.onConfirm()
      close()
    } catch (error) {
      setState({ at: 'failed', why: error instanceof Error ? error.message : String(error) })
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : state.at !== 'working' && close())}
      title={title}
      footer={
        <>
          <Button onClick={close} disabled={state.at === 'working'}>
            {text.cancel}
          </Button>
          <Button
            variant={tone === 'danger' ? 'danger' : 'primary'}
            busy={state.at === 'working'}
            disabled={typeToConfirm !== undefined && typed.trim() !== typeToConfirm}
            onClick={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="max-w-prose">{consequence}</div>
        <p className="font-medium text-strong">
          {typeof reversal === 'string' ? text[reversal] : reversal.explained}
        </p>
        {typeToConfirm !== undefined && (
          <FormField label={text.typeToConfirm(typeToConfirm)}>
            <TextField value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </FormField>
        )}
        {state.at === 'failed' && (
          <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
            {state.why}
          </p>
        )}
      </div>
    </Dialog>
  )
}
