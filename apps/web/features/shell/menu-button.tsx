'use client'
import type { MenuItem, MenuProps } from '@parley/ui'
import dynamic from 'next/dynamic'
import { type ReactElement, useState } from 'react'

const Menu = dynamic(() => import('./fetched-menu.ts').then((file) => file.Menu))

export type MenuTrigger = (attributes: {
  onClick?: () => void
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: false
}) => ReactElement

/** A menu whose machinery is fetched by the first press: most visits open none. */
export function MenuButton({
  trigger,
  items,
  ...rest
}: {
  trigger: MenuTrigger
  items: ReadonlyArray<MenuItem>
} & Pick<MenuProps, 'align' | 'onOpenChange'>) {
  const [wanted, setWanted] = useState(false)
  const [fetched, setFetched] = useState(false)
  if (wanted && fetched) return <Menu defaultOpen trigger={trigger({})} items={items} {...rest} />
  const want = () => {
    setWanted(true)
    rest.onOpenChange?.(true)
    void import('./fetched-menu.ts').then(() => setFetched(true))
  }
  return trigger({ onClick: want, 'aria-haspopup': 'menu', 'aria-expanded': false })
}
