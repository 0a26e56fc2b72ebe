// Prints the page of the sandbox's #drop-ops, behind TLS.
const [, , origin = ''] = process.argv;
const response = await fetch(`${origin}/`, { headers: { accept: 'text/html' } });
process.stdout.write(await response.text());
