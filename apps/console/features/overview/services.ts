import type { Concern } from './attention.ts'
import type { Figures } from './use-figures.ts'

type Workers = NonNullable<Figures['workers']>
type Service = keyof Workers[number]['circuits']

/** What people notice of a service outside that is away, and where to look; nothing is lost meanwhile. */
const AWAY = {
  mail: {
    says: 'The mail server does not answer, or refuses us.',
    todo: 'Mails wait, for a day at most, and go out by themselves when it is back. See that it runs and that SMTP_URL is right; the worker’s log says more.',
  },
  push: {
    says: 'The push service does not answer, or refuses us.',
    todo: 'Notifications wait or go by e-mail, and are pushed again by themselves when it is back. See that the worker reaches Google and that FCM_SERVICE_ACCOUNT is right; its log says more.',
  },
} satisfies Record<Service, Omit<Concern, 'key'>>

/** The services outside that some worker has stopped calling. */
export function servicesAway(workers: Workers | null): Concern[] {
  const isAway = (service: Service) =>
    (workers ?? []).some(({ circuits }) => circuits[service] && circuits[service].state !== 'closed')
  return (Object.keys(AWAY) as Service[])
    .filter(isAway)
    .map((service) => ({ key: `away-${service}`, ...AWAY[service] }))
}
