import type { FrontWords } from './contract/front-words.ts';

/**
 * The sizes of `web/customer/home/front.css` and `web/kit/theme`, so that nothing moves when the app takes over. They
 * are repeated here because the stylesheet arrives later than the page.
 */
export const servedFrontStyle = `
#loading[data-served]~#root{display:none}
#loading main{max-width:68rem;margin:0 auto}
#loading section{padding:min(1.5rem,6.2vw) min(1.25rem,5.2vw)}
#loading section>*{margin:0 0 min(1.5rem,6.2vw)}
#loading h1{font-size:min(clamp(2.625rem,1.6rem + 4.4vw,4.5rem),13vw);line-height:1;letter-spacing:-.045em}
#loading h1,#loading section{overflow-wrap:anywhere;text-wrap:balance}
#loading section p{max-width:38rem;padding:0;text-wrap:pretty}
#loading section p,#loading small{color:#55594f;color:light-dark(#55594f,#aebbb5)}
#loading section p{font-size:clamp(1.125rem,1rem + .6vw,1.3125rem);line-height:1.45}
#loading section a{display:flex;align-items:center;box-sizing:border-box;width:fit-content}
#loading section a{max-width:100%;min-height:3.5rem}
#loading section a{padding:.5rem 2rem;border-radius:999px;font-weight:600;text-decoration:none}
#loading section a{color:#fff;color:light-dark(#fff,#000);background:#0f4c43;background:light-dark(#0f4c43,#8fd3c2)}
#loading a:focus-visible{outline:3px solid;outline-color:light-dark(#14231f,#eef2ee);outline-offset:3px}
#loading small{display:block;margin:calc(-1*min(.75rem,3vw)) 0 0;font-size:.9375rem}
#loading main>i{height:22rem;margin:0 min(1.25rem,5.2vw);width:auto;max-width:none}
#loading main>i{border-radius:24px;background:#0a352f;background:light-dark(#0a352f,#0c3a33)}
@media (min-width:54rem){
#loading main{display:grid;grid-template-columns:1.05fr 1fr;align-items:center;padding-top:1rem}
#loading main>i{height:31rem}}
`;

/** The words of a visitor's front page and its one link, which works before any script. */
export function servedFront({ title, lead, signIn, requirement }: FrontWords): string {
  const link = `<a href="/api/auth/bankid?returnTo=/">${escape(signIn)}</a>`;
  const words = `<h1>${escape(title)}</h1><p>${escape(lead)}</p>${link}<small>${escape(requirement)}</small>`;
  return `<main><section>${words}</section><i></i></main>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
