"""The page's style: light and dark by the reader's choice, on paper black on white; nothing moves."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1b2330; --quiet: #526070; --paper: #ffffff; --panel: #f4f6f8;
  --line: #c9d1da; --link: #0b57a4; --opens: #14713d; --goes: #2a63ad; --paused: #8a6100; --closes: #b3261e;
  --ok: #e3f4e9; --warn: #fff2d6; --stop: #fde5e3; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ebf0; --quiet: #a9b4c0; --paper: #12171e; --panel: #1b222c; --line: #3a4554;
    --link: #8ec2ff; --opens: #5bd08b; --goes: #7fb2f5; --paused: #f0be57; --closes: #ff8f86;
    --ok: #173324; --warn: #3a2f14; --stop: #43211f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.25rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 1.25rem 0 .4rem; font-size: 1.05rem; overflow-wrap: anywhere; }
p, ul, ol, dl { margin: .4rem 0; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  overflow-wrap: anywhere; }
small { font-size: .875em; color: var(--quiet); }
.kicker { margin: 0; color: var(--quiet); font-weight: 600; }
.quiet { color: var(--quiet); overflow-wrap: anywhere; }
.note { padding: .5rem .75rem; background: var(--warn); border-left: 4px solid var(--paused); }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--paper); color: var(--link); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.verdict { padding: .75rem 1rem; border-left: 6px solid; font-size: 1.2rem; font-weight: 600; }
.ok { background: var(--ok); border-color: var(--opens); }
.warn { background: var(--warn); border-color: var(--paused); }
.stop { background: var(--stop); border-color: var(--closes); }
.impact { font-size: 1.05rem; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; }
.numbers div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .75rem;
  background: var(--panel); border-radius: .5rem; }
.numbers dt { color: var(--quiet); font-size: .9rem; line-height: 1.3; }
.numbers dd { margin: 0; font-size: 1.7rem; font-weight: 650; line-height: 1.2; }
.numbers .alarming dd { color: var(--closes); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
caption { padding: .3rem 0; text-align: left; font-weight: 600; }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  overflow-wrap: break-word; min-width: 6.5rem; }
tbody th { min-width: 10rem; max-width: 18rem; }
thead th { background: var(--panel); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
.swatch { vertical-align: middle; }
.bars { padding: 0; list-style: none; }
.bars li, .scale { display: grid; grid-template-columns: 15rem minmax(8rem, 1fr) 15rem; gap: .25rem .9rem;
  align-items: center; padding: .15rem 0; border-bottom: 1px solid var(--panel); }
.bars .label { overflow-wrap: anywhere; line-height: 1.3; }
.bars .label small { display: block; }
.bars .when { font-size: .85rem; color: var(--quiet); line-height: 1.3; }
svg { display: block; overflow: visible; }
.legend svg { display: inline-block; }
svg text { fill: var(--quiet); font-size: 11px; }
.tick { stroke: var(--line); }
.now { stroke: var(--ink); stroke-dasharray: 3 3; }
.opens { fill: var(--opens); }
.goes_on { fill: var(--goes); }
.paused { fill: var(--paper); stroke: var(--paused); stroke-width: 2; stroke-dasharray: 4 3; }
.closes { fill: var(--stop); stroke: var(--closes); stroke-width: 2; }
.pool { margin: .75rem 0; padding: .1rem 1rem .75rem; background: var(--panel); border-radius: .5rem; }
.chart { margin: .5rem 0; }
.most { font-size: .85rem; color: var(--quiet); }
.load { border-bottom: 1px solid var(--quiet); }
.single { fill: var(--goes); }
.shared { fill: var(--closes); }
.search { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; padding: .75rem;
  background: var(--panel); border-radius: .5rem; }
.search[hidden], .changes li[hidden] { display: none; }
input, select, button { padding: .35rem .6rem; border: 1px solid var(--quiet); border-radius: .3rem;
  background: var(--paper); color: var(--ink); font: inherit; max-width: 100%; }
button { cursor: pointer; }
.changes { padding: 0; list-style: none; }
.changes > li { padding: .4rem .2rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.many > li { content-visibility: auto; contain-intrinsic-size: auto 2.5rem; }
.changes p { margin: 0; }
summary { cursor: pointer; }
.badge { display: inline-block; min-width: 5.5rem; padding: 0 .5rem; border: 1px solid; border-radius: 1rem;
  font-size: .85rem; font-weight: 600; text-align: center; color: var(--quiet); }
.badge.launch, .badge.extend { color: var(--opens); fill: none; }
.badge.blocked, .badge.delete, .badge.end { color: var(--closes); }
.badge.replace, .badge.pause, .badge.resume { color: var(--paused); }
.facts div { display: grid; grid-template-columns: 6rem 1fr; gap: .5rem; padding: .1rem 0 .1rem 1rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; }
footer { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); }
@media (max-width: 46rem) {
  body { padding: .75rem; }
  .bars li, .scale { grid-template-columns: 1fr; }
  .scale span { display: none; }
  .wide table { min-width: 48rem; }
  .facts div { grid-template-columns: 1fr; gap: 0; padding-left: .25rem; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --quiet: #333; --paper: #fff; --panel: #fff; --line: #999;
    --opens: #14713d; --goes: #2a63ad; --paused: #8a6100; --closes: #b3261e; --ok: #fff; --warn: #fff;
    --stop: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .search, .skip { display: none; }
  h2, h3 { break-after: avoid; }
  tr, .pool, .bars li, .numbers div { break-inside: avoid; }
  .numbers div, .pool { border: 1px solid var(--line); }
  .opens, .goes_on, .paused, .closes, .single, .shared { print-color-adjust: exact; }
  .many > li { content-visibility: visible; }
}
"""
