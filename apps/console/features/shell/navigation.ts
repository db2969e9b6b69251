import {
  BellRing,
  Blocks,
  ChartNoAxesCombined,
  Hourglass,
  KeyRound,
  type LucideIcon,
  MessagesSquare,
  ScrollText,
  Settings,
  UsersRound,
} from 'lucide-react'
import type { Permission } from '../session/use-me.ts'

export type NavGroup = 'start' | 'Identity' | 'Governance' | 'System'
/** The order of the groups; the first has no heading. */
export const GROUPS: readonly NavGroup[] = ['start', 'Identity', 'Governance', 'System']

export type NavRow = {
  path: `/${string}`
  title: string
  /** One sentence on what the page decides. */
  says: string
  icon: LucideIcon
  group: NavGroup
  /** Who may see it. */
  permission: Permission
  /** Other words that should find it in the palette. */
  keywords?: string[]
}

/** Every page of the console: one row each. A row comes with its page. */
export const PAGES = [
  {
    path: '/overview',
    title: 'Overview',
    says: 'How the organisation and this installation are doing, as it changes.',
    icon: ChartNoAxesCombined,
    group: 'start',
    permission: 'overview.read',
    keywords: ['figures', 'charts', 'health', 'queue', 'nodes', 'storage'],
  },
  {
    path: '/people',
    title: 'People',
    says: 'Who may use Parley, as what, and on which devices they are signed in.',
    icon: UsersRound,
    group: 'start',
    permission: 'people.read',
    keywords: ['users', 'accounts', 'invite', 'roles', 'deactivate', 'sessions'],
  },
  {
    path: '/conversations',
    title: 'Conversations',
    says: 'Which conversations there are and who owns them. What was said in them is not shown here.',
    icon: MessagesSquare,
    group: 'start',
    permission: 'conversations.read',
    keywords: ['channels', 'archive', 'groups', 'members'],
  },
  {
    path: '/identity',
    title: 'Sign-in',
    says: 'Through which identity providers people may sign in, beside their passwords.',
    icon: KeyRound,
    group: 'Identity',
    permission: 'identity.read',
    keywords: ['saml', 'sso', 'single sign-on', 'identity provider', 'metadata'],
  },
  {
    path: '/retention',
    title: 'Retention',
    says: 'How long messages and files are kept before they are removed for good.',
    icon: Hourglass,
    group: 'Governance',
    permission: 'retention.read',
    keywords: ['delete', 'purge', 'keep', 'days', 'policy', 'compliance'],
  },
  {
    path: '/integrations',
    title: 'Integrations',
    says: 'Which programs take part, as which bot, and what each of them may do.',
    icon: Blocks,
    group: 'System',
    permission: 'tokens.read',
    keywords: ['bots', 'tokens', 'api', 'rest', 'webhooks', 'keys'],
  },
  {
    path: '/notifications',
    title: 'Notifications',
    says: 'How people are told who are not looking: what goes out, what waits, and what failed.',
    icon: BellRing,
    group: 'System',
    permission: 'notifications.read',
    keywords: ['push', 'fcm', 'firebase', 'e-mail', 'mail', 'queues', 'devices'],
  },
  {
    path: '/audit',
    title: 'Audit log',
    says: 'Who did what, when and from where. Nobody can change it.',
    icon: ScrollText,
    group: 'Governance',
    permission: 'audit.read',
    keywords: ['events', 'history', 'export', 'who', 'csv', 'compliance'],
  },
  {
    path: '/settings',
    title: 'Settings',
    says: 'What holds for everybody. Each setting says what it decides and who changed it last.',
    icon: Settings,
    group: 'System',
    permission: 'settings.read',
    keywords: ['passwords', 'sessions', 'limits', 'organisation name'],
  },
] as const satisfies readonly NavRow[]

export type PagePath = (typeof PAGES)[number]['path']

/** What the signed-in person may open. */
export const pagesFor = (permissions: Record<Permission, boolean>): NavRow[] =>
  PAGES.filter((page) => permissions[page.permission])

export const pageAt = (path: PagePath): NavRow => PAGES.find((page) => page.path === path)!
