/**
 * What people put at the core of a password. Whatever is only one of these with digits and signs around it is among
 * the first things that are tried (NIST SP 800-63B §5.1.1.2 asks for such a list).
 */
export const COMMON_CORES: ReadonlySet<string> = new Set(
  `password passwort contraseña motdepasse passw0rd p@ssword p@ssw0rd pass passphrase mypassword newpassword
  changeme changeit changemenow letmein letmeinnow welcome welcomeback willkommen bienvenue bienvenido
  admin administrator root superuser sysadmin user username guest default secret topsecret mysecret
  login signin access master masterkey test testtest tester testing temp temporary trial demo sample example
  qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc
  qweasd qweasdzxc abc abcd abcde abcdef abcdefg abcdefgh abcabc iloveyou iloveu ichliebedich teamo jetaime
  sunshine princess prinzessin dragon monkey football fussball baseball basketball superman batman spiderman
  starwars pokemon pikachu minecraft naruto shadow michael jennifer jessica jordan charlie daniel thomas
  summer sommer spring winter autumn herbst fruhling january february march april june july august september
  october november december monday friday
  trustno trustnoone whatever freedom flower hello hellohello helloworld hallo hallohallo bonjour hola
  computer internet google facebook microsoft windows linux apple samsung parley slack mattermost office company
  companyname corporate business enterprise correcthorsebatterystaple correct horse battery staple
  killer hunter ranger soccer hockey tigger ginger pepper cookie chocolate cheese banana orange
  lovely loveme family mother father angel angels jesus blessed forever diamond silver golden
  nothing something nobody anything everything blahblah foobar foobarbaz lorem loremipsum ipsum`
    .split(/\s+/)
    .filter(Boolean),
)
