'use client'
import { type ComponentProps, type ComponentType, createContext, use } from 'react'

export type LinkProps = ComponentProps<'a'> & { href: string }

/** The router's link component, given by UiProvider; a plain anchor without one. */
export const LinkContext = createContext<ComponentType<LinkProps> | 'a'>('a')

/** A link through the application's router. Unstyled. */
export function Link(props: LinkProps) {
  const RouterLink = use(LinkContext)
  return <RouterLink {...props} />
}
