/** What a browser without a session sees: how to get in. Static, without scripts. */
export function closedPage(reason: 'no session' | 'used link'): string {
  const title = reason === 'used link' ? 'This link has been used or has run out' : 'This page needs a link'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Free Compute Node</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0; padding: 0 1.5rem }
h1 { font-size: 1.4rem }
code { font-size: 1.05em; padding: .15em .4em; border: 1px solid; border-radius: .3em }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>Only you should be able to open your node’s page. A link that works once, for one minute, lets this browser in.</p>
<p>To get one, run <code>fcn open</code> on this computer, or start the node again: it prints a link.</p>
</main>
</body>
</html>
`
}
