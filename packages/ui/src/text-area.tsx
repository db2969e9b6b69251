'use client'
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { controlStyle } from './control-style.ts'
import { useFieldAttributes } from './form-field.tsx'

/** Several lines of text; grows with what is typed until `max-h-…` of the caller stops it. */
export function TextArea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      dir="auto"
      rows={rows}
      {...useFieldAttributes()}
      className={classes(controlStyle, 'field-sizing-content max-h-96 min-h-20 px-2.5 py-1.5', className)}
      {...rest}
    />
  )
}
