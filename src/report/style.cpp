#include "report/style.hpp"

namespace vio::report {

std::string_view style_sheet() noexcept {
  return R"(:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c1c1a; --quiet: #5b5b57; --rule: #d9d9d4; --panel: #f6f6f3;
  --on-dark: #ffffff; --link: #0a58a0; --alarm: #b3101a;
  --c0: #1565a8; --c1: #c04a0b; --c2: #0b7d5e; --c3: #8e3b94;
  --c4: #96690a; --c5: #0a7a8f; --c6: #b52766; --c7: #5f5f5a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161615; --ink: #ecece8; --quiet: #a9a9a3; --rule: #3b3b38; --panel: #20201e;
    --on-dark: #101010; --link: #8ec2f2; --alarm: #ff7b72;
    --c0: #6db3ef; --c1: #f28b52; --c2: #4fc7a1; --c3: #d690da;
    --c4: #e0b04c; --c5: #57c4d8; --c6: #f07fae; --c7: #b4b4ae;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; border-bottom: 1px solid var(--rule); }
p { margin: .5rem 0; max-width: 44rem; overflow-wrap: anywhere; }
p.lead { color: var(--quiet); }
p.warning { padding-left: .75rem; border-left: 3px solid var(--alarm); color: var(--alarm); font-weight: 600; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: .75rem; margin: .75rem 0; }
dl div { padding: .5rem .75rem; background: var(--panel); border-radius: .25rem; }
dt { color: var(--quiet); font-size: .85rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .75rem 0; font-variant-numeric: tabular-nums; }
caption { white-space: nowrap; padding-bottom: .25rem; text-align: left; color: var(--quiet); font-size: .9rem; }
th, td { padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--quiet); font-size: .85rem; }
td.n, th.n { text-align: right; }
figure { margin: 1.25rem 0; max-width: 44rem; }
figcaption { margin-top: .25rem; color: var(--quiet); font-size: .9rem; }
summary { cursor: pointer; color: var(--link); font-size: .9rem; }
svg { display: block; width: 100%; min-width: 23rem; height: auto; font-family: inherit; font-size: 13px; }
svg text { fill: var(--ink); }
svg text.quiet { fill: var(--quiet); font-size: 12px; }
svg text.on-dark { fill: var(--on-dark); }
.axis { stroke: var(--quiet); stroke-width: 1; }
.grid { stroke: var(--rule); stroke-width: 1; }
.whisker { stroke: var(--ink); stroke-width: 1.5; }
.reference { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 5 4; }
.c0 { fill: var(--c0); stroke: var(--c0); } .c1 { fill: var(--c1); stroke: var(--c1); }
.c2 { fill: var(--c2); stroke: var(--c2); } .c3 { fill: var(--c3); stroke: var(--c3); }
.c4 { fill: var(--c4); stroke: var(--c4); } .c5 { fill: var(--c5); stroke: var(--c5); }
.c6 { fill: var(--c6); stroke: var(--c6); } .c7 { fill: var(--c7); stroke: var(--c7); }
rect.c0, rect.c1, rect.c2, rect.c3, rect.c4, rect.c5, rect.c6, rect.c7 { stroke: none; }
rect.bin { stroke: var(--paper); stroke-width: .5; }
rect.cell { stroke: var(--rule); stroke-width: .5; }
.pale { opacity: .5; }
path.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
@media print {
  body { max-width: none; padding: 0; }
  nav, details { display: none; }
  figure, dl div, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
)";
}

}  // namespace vio::report
