'use client'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { useFocusReturn } from './focus-return.ts'

/**
 * What is in a modal layer. The primitive gives the focus back to a trigger, and there is none: layers are opened by what
 * is chosen in menus and palettes, too.
 */
export function LayerContent(props: ComponentProps<typeof Primitive.Content>) {
  const giveBack = useFocusReturn()
  return (
    <Primitive.Content
      onCloseAutoFocus={(event) => {
        event.preventDefault()
        giveBack()
      }}
      {...props}
    />
  )
}

/** What somebody fills in or chooses. Not a button: what it does may not be undone. */
const FIELDS = [
  'input:not(:disabled, [type="hidden"], [aria-hidden="true"])',
  'textarea:not(:disabled)',
  '[role="radio"][aria-checked="true"]:not(:disabled)',
  ...['checkbox', 'combobox', 'switch'].map((role) => `button[role="${role}"]:not(:disabled)`),
].join(', ')

/** Begins with the first thing to fill in, where there is one; a screen's keyboard would cover what one came to read. */
export function beginWithField(event: Event): void {
  if (!window.matchMedia('(pointer: fine)').matches) return
  const field = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(FIELDS)
  if (!field) return
  event.preventDefault()
  field.focus()
  if (field instanceof HTMLInputElement) field.select()
}
