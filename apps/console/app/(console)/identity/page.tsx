import { IdentityPage } from '../../../features/identity/identity-page.tsx'

export default function Identity() {
  return <IdentityPage />
}
