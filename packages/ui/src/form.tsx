import type { ComponentProps } from 'react'

export type FormProps = Omit<ComponentProps<'form'>, 'method' | 'action'>

/**
 * Fields that `onSubmit` sends, and nobody else. Before the page's scripts are there a browser would send them itself, and
 * by default as part of the address, which histories and proxies keep, with the password in it. The method "dialog" sends
 * nothing anywhere: outside a `<dialog>` it returns, and what was typed stays (HTML §4.10.22.3, form submission).
 */
export function Form(props: FormProps) {
  return <form method="dialog" {...props} />
}
