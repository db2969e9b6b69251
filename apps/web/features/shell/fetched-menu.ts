export { Menu } from '@parley/ui'
