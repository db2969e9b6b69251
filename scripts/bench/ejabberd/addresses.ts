/** How the bench's people and channels are called over XMPP (RFC 7622): the load and the server must agree. */
export const HOST = 'localhost'
export const PASSWORD = 'bench'
export const addressOf = (person: string): string => `${person}@${HOST}`
export const roomOf = (channel: string): string => `${channel}@conference.${HOST}`
