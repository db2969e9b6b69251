/** What an API token may do. A command names the one it needs, or `never`. */
export const SCOPES = {
  'messages:read': 'Read messages in the conversations the bot is a member of',
  'messages:write': 'Post, edit, delete and react as the bot',
  'conversations:read': 'List conversations and their members',
  'conversations:write': 'Create, join and leave conversations as the bot',
  'people:read': 'See people’s names and titles',
  'files:write': 'Upload files as the bot',
} as const satisfies Record<string, string>
export type Scope = keyof typeof SCOPES
