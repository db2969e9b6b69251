'use client'
import type { MenuItem, MenuProps } from '@parley/ui'
import { type ComponentType, type ReactElement, useState } from 'react'
import { fetchLater, tellUnfetched } from './fetched.tsx'

const bringMenu = fetchLater(() => import('./fetched-menu.ts').then((file) => file.Menu))

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
  const [Menu, setMenu] = useState<ComponentType<MenuProps> | null>(null)
  if (wanted && Menu) return <Menu defaultOpen trigger={trigger({})} items={items} {...rest} />
  const want = () => {
    setWanted(true)
    rest.onOpenChange?.(true)
    bringMenu().then(
      (menu) => setMenu(() => menu),
      () => {
        tellUnfetched()
        setWanted(false)
        rest.onOpenChange?.(false)
      },
    )
  }
  return trigger({ onClick: want, 'aria-haspopup': 'menu', 'aria-expanded': false })
}
