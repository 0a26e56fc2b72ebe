/**
 * The sizes and colours of `web/customer/home/front.css` and `web/kit/theme`, so that nothing moves when the app takes
 * over. They are repeated here because the stylesheet arrives later than the page.
 */
export const servedFrontStyle = `
#loading[data-served] ~ #root { display: none }
#loading main { max-width: 68rem; margin: 0 auto }
#loading :is(h1,h2,h3) { margin: 0; hyphens: auto; overflow-wrap: anywhere; text-wrap: balance }
#loading main p { max-width: none; margin: 0; padding: 0; text-wrap: pretty }
#loading main :is(p,small,i) { color: var(--soft) }
#loading .hero section { display: flex; flex-direction: column; gap: min(1.5rem,6.2vw);
  padding: min(1.5rem,6.2vw) var(--gutter); overflow-wrap: anywhere }
#loading h1 { font-size: min(clamp(2.625rem,1.6rem + 4.4vw,4.5rem),13vw); line-height: 1; letter-spacing: -.045em }
#loading .hero section p { max-width: 38rem; font-size: clamp(1.125rem,1rem + .6vw,1.3125rem); line-height: 1.45 }
#loading main a { display: flex; align-items: center; align-self: start; box-sizing: border-box; max-width: 100%;
  min-height: 3.5rem; padding: .5rem 2rem; border: 1px solid transparent; border-radius: 999px;
  font-weight: 600; line-height: 1.3; text-decoration: none;
  color: light-dark(#fff,#000); background: light-dark(#0f4c43,#8fd3c2) }
#loading a:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px }
#loading small { font-size: .9375rem }
#loading section small { margin-top: -.75rem }
#loading .picture { position: relative; display: grid; place-items: end center; overflow: hidden;
  box-sizing: border-box; height: 22rem; margin: 0 var(--gutter); padding-bottom: 1.25rem; border-radius: 24px;
  background: light-dark(#0a352f,#0c3a33) }
#loading .picture>svg { position: absolute; top: -8.25rem; left: calc(50% - 13.125rem) }
#loading .picture>svg path { fill: #14574d }
#loading .picture>div { position: relative; display: grid; gap: .125rem; box-sizing: border-box;
  width: min(20rem,100% - 2.5rem); padding: 1.25rem 1.375rem 1.375rem; border-radius: 16px;
  background: light-dark(#fffefb,#16221f); box-shadow: 0 24px 48px -20px rgb(0 0 0 / 45%) }
#loading .picture i { position: absolute; top: 1.25rem; right: 1.375rem; width: auto; height: auto; margin: 0;
  font-size: .8125rem; font-style: normal; background: none }
#loading em { display: inline-flex; align-items: center; gap: .375rem; font-size: .9375rem; font-style: normal;
  font-weight: 600; color: light-dark(#186a42,#8faf9d) }
#loading em svg { width: 1.375rem; height: 1.375rem }
#loading em circle { fill: currentcolor }
#loading em path { fill: none; stroke: light-dark(#fffefb,#16221f); stroke-width: 1.6; stroke-linecap: round;
  stroke-linejoin: round }
#loading .picture b { margin: .375rem 0 .25rem; font-size: min(2.25rem,9vw); letter-spacing: 0; line-height: 1.1;
  font-variant-numeric: tabular-nums lining-nums }
#loading .sign { font-variant-numeric: proportional-nums }
#loading .unit { font-size: max(.62em,.8125rem); font-weight: 600 }
#loading strong { font-weight: 600 }
#loading .points { padding: 3rem var(--gutter) 0 }
#loading h2 { font-size: clamp(1.5rem,1.3rem + 1vw,2rem); line-height: 1.15; letter-spacing: -.025em }
#loading h3 { font-size: 1.0625rem; font-weight: 650; line-height: 1.15; letter-spacing: -.015em }
#loading :is(ol,ul) { display: grid; gap: min(1.5rem,6.2vw); margin: min(1.5rem,6.2vw) 0 0; padding: 0;
  list-style: none; counter-reset: step }
#loading ol li { counter-increment: step; display: grid; grid-template-columns: 2.75rem 1fr; gap: .25rem 1rem }
#loading ol li::before { content: counter(step); grid-row: 1 / span 2; display: grid; place-items: center;
  width: 2.75rem; height: 2.75rem; border-radius: 50%; font-size: 1.125rem; font-weight: 700;
  color: var(--fjord); background: light-dark(#dfebe4,#17352f) }
#loading ol h3 { align-self: center }
#loading ol p { grid-column: 2 }
#loading ul li { padding-top: .75rem; border-top: 2px solid var(--fjord) }
#loading ul h3 { margin-bottom: .25rem }
@media (min-width: 54rem) {
  #loading .hero { display: grid; grid-template-columns: 1.05fr 1fr; align-items: center; padding-top: 1rem }
  #loading .picture { height: 31rem; margin-left: 0; padding-bottom: 2.5rem }
  #loading .picture>svg { top: -2.5rem }
  #loading :is(ol,ul) { grid-template-columns: repeat(3,1fr); gap: 2rem }
  #loading ol li { grid-template-columns: 1fr; align-content: start }
  #loading ol li::before { grid-row: auto; margin-bottom: .5rem }
  #loading ol p { grid-column: 1 }
}
@media (forced-colors: active) {
  #loading header b { color: LinkText }
  #loading :is(a,.picture) { border: 1px solid CanvasText }
  #loading path, #loading circle { fill: CanvasText }
}`;
