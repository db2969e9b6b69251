import { serveXmpp } from './xmpp.ts'

serveXmpp({ archived: true })
