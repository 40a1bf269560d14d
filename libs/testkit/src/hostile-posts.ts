/** Posts that would do something where they are shown, each by another trick. Our own writing; the hosts exist nowhere. */
export const HOSTILE_POSTS: readonly { readonly trick: string; readonly text: string; readonly url: string }[] = [
  { trick: 'a script', text: '<script>alert(1)</script>', url: 'https://jahat.invalid/"><script>alert(1)</script>' },
  {
    trick: 'a picture that fails',
    text: '<img src=x onerror=alert(1)>',
    url: "https://jahat.invalid/'onclick='alert(1)",
  },
  {
    trick: 'a drawing',
    text: '<svg onload=alert(1)><script href="data:,alert(1)"/></svg>',
    url: 'https://jahat.invalid/a.svg',
  },
  {
    trick: 'an end of the text',
    text: ']]> --> </title></pre></textarea> & &lt;b&gt;',
    url: 'https://jahat.invalid/?a=1&b=2',
  },
  { trick: 'a link to a script', text: 'klik javascript:alert(1)', url: 'javascript:alert(1)' },
  { trick: 'an override', text: 'aman \u202egnp.exe \u2066 akhir', url: 'https://jahat.invalid/\u202egpj.exe' },
  { trick: 'zalgo', text: `h${'\u0336\u0334\u0335\u0337'.repeat(100)}alo`, url: 'https://jahat.invalid/zalgo' },
  { trick: 'a word without an end', text: 'w'.repeat(100_000), url: `https://jahat.invalid/${'w'.repeat(1_900)}` },
  { trick: 'a formula', text: '=HYPERLINK("https://jahat.invalid","hadiah")', url: 'https://jahat.invalid/=1+1' },
  { trick: 'a command', text: '@SUM(1+1)*cmd|" /C calc"!A0', url: 'https://jahat.invalid/+1' },
  { trick: 'a header', text: 'halo\r\nBcc: korban@jahat.invalid\r\n\r\nisi', url: 'https://jahat.invalid/%0d%0aBcc:x' },
  { trick: 'a look-alike host', text: 'masuk lewat tautan resmi', url: 'https://\u0440\u0430ypal.invalid/masuk' },
];
