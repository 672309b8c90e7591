//! The page's one style sheet, in a council's colours.
//!
//! Sizes follow the reader's own type size, so that text of 200% and a page of
//! 400% are laid out like a phone. The colours of ratings are no council's to
//! choose, and are those of the PDF.

use crate::domain::theme::{Colour, Theme};

/// The style sheet.
pub(super) fn sheet(theme: &Theme) -> String {
    let c = &theme.colours;
    let font = theme.font.as_deref().filter(|name| name.chars().all(|c| c.is_alphanumeric() || " -".contains(c)));
    let font = font.map(|name| format!("\"{name}\",")).unwrap_or_default();
    let light = Palette { ink: c.ink, grey: c.secondary, accent: c.accent, hair: c.hair, panel: c.panel, ..LIGHT };
    let dark = Palette { accent: on_dark(c.accent), ..DARK };
    format!(
        ":root{{--font:{font}\"Source Sans 3\",system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;{}}}\n\
        @media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}}}}}\n\
        {PAGE}{PARTS}{TABLES}{CHARTS}{NARROW}{PRINT}",
        light.css(),
        dark.css()
    )
}

/// The colours that a page has beside those of ratings.
#[derive(Clone, Copy)]
struct Palette {
    paper: Colour,
    ink: Colour,
    grey: Colour,
    accent: Colour,
    hair: Colour,
    panel: Colour,
    /// What is pointed at.
    pointed: Colour,
    /// Better and worse than usual.
    better: Colour,
    worse: Colour,
    /// Behind a chart, where figures usually lie.
    band: Colour,
}

const LIGHT: Palette = Palette {
    paper: Colour::WHITE,
    ink: Colour::new(0x0b, 0x0c, 0x0c),
    grey: Colour::new(0x50, 0x5a, 0x5f),
    accent: Colour::new(0x12, 0x43, 0x6d),
    hair: Colour::new(0xb1, 0xb4, 0xb6),
    panel: Colour::new(0xf3, 0xf2, 0xf1),
    pointed: Colour::new(0xff, 0xf3, 0xc4),
    better: Colour::new(0x1d, 0x70, 0xb8),
    worse: Colour::new(0xa8, 0x50, 0x04),
    band: Colour::new(0xe3, 0xeb, 0xf3),
};

/// On the screen of a reader who has asked for dark pages.
const DARK: Palette = Palette {
    paper: Colour::new(0x12, 0x15, 0x17),
    ink: Colour::new(0xee, 0xf0, 0xee),
    grey: Colour::new(0xb4, 0xbc, 0xc0),
    accent: Colour::WHITE,
    hair: Colour::new(0x4f, 0x58, 0x5d),
    panel: Colour::new(0x1f, 0x25, 0x29),
    pointed: Colour::new(0x46, 0x3b, 0x0c),
    better: Colour::new(0x6c, 0xb2, 0xf0),
    worse: Colour::new(0xf0, 0xa3, 0x5c),
    band: Colour::new(0x26, 0x33, 0x40),
};

impl Palette {
    fn css(self) -> String {
        let Self { paper, ink, grey, accent, hair, panel, pointed, better, worse, band } = self;
        format!(
            "--paper:{paper};--ink:{ink};--grey:{grey};--accent:{accent};--hair:{hair};--panel:{panel};\
            --pointed:{pointed};--better:{better};--worse:{worse};--band:{band}"
        )
    }
}

/// A council's colour, so light that its words can be read on dark paper (WCAG 1.4.6).
fn on_dark(colour: Colour) -> Colour {
    let read = |lighter: &Colour| lighter.contrast(DARK.pointed) >= 5.0 && lighter.contrast(DARK.panel) >= 7.0;
    (0..100).map(|hundredths| colour.lighter(hundredths)).find(read).unwrap_or(Colour::WHITE)
}

const PAGE: &str = "
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 var(--font);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
*,*::before,*::after{box-sizing:border-box}
p,ul,ol,dl,dd{margin:0}
p+p,p+ul,p+ol,ul+p,ol+p{margin-top:.6rem}
h1,h2,h3,h4{line-height:1.2;margin:0;text-wrap:balance}
h1{font-size:clamp(1.75rem,1.2rem + 2.4vw,2.5rem);margin:.35rem 0 .5rem}
h2{font-size:1.6rem;margin:3.5rem 0 .8rem;padding-top:1rem;border-top:3px solid var(--accent)}
h2.small{font-size:1.2rem;margin-top:2rem;padding:0;border:0}
h3{font-size:1.25rem;margin:2.5rem 0 .5rem}
h4{font-size:1.0625rem;margin:0 0 .6rem}
em{font-style:normal;font-weight:600}
b,.strong,.figure.shown{font-weight:600}
a{color:var(--accent);text-underline-offset:.15em}
a:hover{text-decoration-thickness:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;box-shadow:0 0 0 3px var(--paper)}
main:focus{outline:none}
:target{background:var(--pointed)}
.accent{color:var(--accent)}
.here{display:inline-block;min-height:1.5rem;color:var(--grey);font-size:.875rem;line-height:1.5rem;text-decoration:none}
.here:hover,.here:focus{text-decoration:underline}
.aside{color:var(--grey);font-size:.9375rem;line-height:1.4}
td .aside,th .aside,.figure+.aside{margin-top:.15rem;font-size:.875rem;font-weight:400}
.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static;display:block;padding:.7rem 1rem}
header,.columns,footer{max-width:80rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
footer{margin-top:4rem;padding-top:1rem;padding-bottom:3rem;border-top:1px solid var(--hair);color:var(--grey);font-size:.9375rem}
.banner{background:var(--ink);color:var(--paper);font-weight:700}
.banner p{max-width:80rem;margin:0 auto;padding:.5rem 1.25rem}
main{min-width:0}
main>section>p,article>p,header>p,.detail p{max-width:46rem}
nav{margin-top:1.75rem;border:solid var(--hair);border-width:1px 0}
nav summary{padding:.7rem 0;font-weight:600;cursor:pointer;color:var(--accent)}
nav ul{list-style:none;padding:0 0 .7rem}
nav a{display:block;padding:.3rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
@media (min-width:78rem){
.columns{display:grid;grid-template-columns:13.5rem minmax(0,1fr);column-gap:3rem}
nav{position:sticky;top:4rem;align-self:start;max-height:calc(100vh - 5rem);overflow-y:auto;border-width:3px 0 0;border-color:var(--accent);font-size:.9375rem}
@supports selector(::details-content){
nav summary{pointer-events:none;color:var(--ink);list-style:none}
nav details::details-content{content-visibility:visible;height:auto}
}
}
@media screen and (min-width:48rem) and (min-height:36rem){.banner{position:sticky;top:0;z-index:1}}
";

const PARTS: &str = "
.logo{display:block;height:3.5rem;background:#fff;width:auto;max-width:100%;margin-bottom:1rem}
.council{color:var(--accent);font-weight:600}
.lead{font-size:1.1875rem;color:var(--grey)}
.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,12rem),1fr));gap:.9rem 1.5rem;margin:1.25rem 0;padding:1rem 0;border-top:2px solid var(--ink);border-bottom:1px solid var(--hair)}
dt{color:var(--grey);font-size:.9375rem;line-height:1.4}
.restricted{max-width:none;margin:1.25rem 0;padding:.8rem 1rem;border:3px solid var(--ink);font-weight:700}
.headline{max-width:40rem;margin-top:1.75rem;padding:.2rem 0 .2rem 1.1rem;border-left:6px solid var(--accent);font-size:clamp(1.25rem,1rem + 1vw,1.6rem);font-weight:700;line-height:1.3}
.counts,.pointers,.awaited,.plain,.inline{list-style:none;padding:0}
.shares{display:block;margin-top:1.5rem;overflow:visible;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.share-red{fill:#d4351c}.share-amber{fill:#ffbf00}.share-green{fill:none;stroke:#00703c;stroke-width:2}
.counts{display:flex;flex-wrap:wrap;gap:.3rem 2rem;margin-top:.5rem}
.counts .i-red{fill:#d4351c}.counts .i-amber{fill:#ffbf00}.counts .i-green{fill:#00703c}
.pointers{margin-top:.6rem}
.pointers li{display:grid;grid-template-columns:7rem minmax(0,1fr) 6rem;gap:.4rem 1rem;padding:.8rem 0;border-top:1px solid var(--hair)}
.pointers p+p{margin-top:.15rem}
.pointers .trend{height:2rem}
.badge{display:inline-block;padding:0 .4rem;border:1px solid var(--ink);font-size:.875rem;font-weight:700}
.doing.awaited,.doing.none{padding:.2rem .6rem;border:1px dashed var(--ink)}
.awaited{margin-top:.6rem;padding:.6rem 1rem;border:2px dashed var(--ink)}
.awaited li{padding:.2rem 0}
.plain li{padding:.5rem 0;border-top:1px solid var(--hair)}
.inline li{display:inline}
.inline li:not(:last-child)::after{content:\"; \"}
.icon{width:.68em;height:.68em;margin-right:.4em;fill:currentColor;overflow:visible;flex:none}
.i-improvement{fill:var(--better)}.i-concern{fill:var(--worse)}.i-neutral,.i-common{fill:var(--grey)}
.chip,.state{display:inline-flex;align-items:center;padding:.15rem .55rem;border:1px solid transparent;border-radius:3px;font-size:.9375rem;font-weight:700;line-height:1.4;white-space:nowrap;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chip.red{background:#d4351c;color:#fff}.chip.amber{background:#ffbf00;color:#0b0c0c}.chip.green{background:#00703c;color:#fff}
.chip.unrated{background:var(--panel);border-color:var(--grey)}
.state{border-radius:0;border-color:var(--ink)}
.state.late{background:var(--ink);color:var(--paper)}.state.done{background:var(--panel);border-color:var(--grey)}.state.on-track{border-color:transparent;border-bottom:3px solid}.state.at-risk{border-style:dashed}
.absent,.asking{margin-top:1.1rem;padding:.7rem 1rem}
.absent{border:2px dashed var(--grey)}.asking{border-left:4px solid var(--hair)}
article{margin-top:2.75rem;border-top:1px solid var(--ink)}
article h3{margin-top:1rem}
details.values{margin-top:.9rem}
.values summary{cursor:pointer;font-weight:600;color:var(--accent)}
.values table+p{margin-top:1.5rem}
.values td,.values th{padding:.3rem .5rem .3rem 0}
.detail{display:grid;grid-template-columns:minmax(0,1fr);gap:1.25rem 2rem;margin-top:1.1rem}
@media print,(min-width:60rem){.detail{grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:start}}
.key-figure{display:flex;flex-wrap:wrap;align-items:center;margin-top:.8rem;gap:.5rem 1rem;margin-bottom:.5rem}
.went{display:inline-block;margin:.1rem 1.4rem 0 0}.said{margin-top:1rem}
.key-figure .figure{font-size:1.25rem;line-height:1.25;color:var(--grey)}
.key-figure .figure.shown{font-size:2.25rem;line-height:1;font-weight:700;color:var(--ink)}
.facts{margin-top:.8rem;font-size:.9375rem;line-height:1.4}
.facts div{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.75rem;padding:.45rem 0;border-top:1px solid var(--hair)}
.breakdown{margin-top:1.75rem}
.commentary{margin-top:1.75rem;padding:1rem 1.2rem;background:var(--panel)}
.commentary.placeholder{background:var(--paper);border:2px dashed var(--ink)}
.commentary p,.commentary li{max-width:46rem}
.told{display:flex;flex-wrap:wrap;gap:.3rem 1.75rem;margin-top:.8rem;font-size:.9375rem}
.told dt{display:inline;font-size:inherit;color:var(--ink);font-weight:600}
.told dd{display:inline;margin-left:.4rem}
.terms div{display:grid;grid-template-columns:minmax(0,14rem) minmax(0,1fr);gap:.2rem 1.5rem;padding:.65rem 0;border-top:1px solid var(--hair)}
.terms dt{color:var(--ink);font-weight:600;font-size:inherit}
";

const TABLES: &str = "
table{width:100%;margin-top:1rem;border-collapse:collapse;table-layout:fixed;font-size:.9375rem;line-height:1.4}
caption{height:0;line-height:0}
th,td{padding:.6rem .5rem;border-bottom:1px solid var(--hair);text-align:left;vertical-align:top;font-weight:400}
th:first-child,td:first-child{padding-left:0}
thead th{border-bottom:2px solid var(--ink);vertical-align:bottom;font-weight:700}
.parts tbody th,.grid tbody th{font-weight:600}
th.n,td.n{text-align:right}
td p+p{margin-top:.15rem}
td .chip{font-size:.875rem}
td ul{list-style:none;padding:0}
td li+li{margin-top:.4rem}
td.now .figure.shown{font-size:1.0625rem;font-weight:700}
td .figure:not(.shown){color:var(--grey)}
td:not(.now) .figure.shown{font-weight:400}
@media print,(min-width:54.01rem){
.indicators .w-name{width:30%}.indicators .n{width:10%}.indicators .w-move{width:13%;padding-left:1rem}.indicators .w-trend{width:10%}.indicators .w-target{width:9.5%}.indicators .w-rating{width:11.5%}
.parts .w-category{width:26%}.parts .n+:not(.n){padding-left:1.5rem}.words .w-name{width:30%}.words .w-why{width:30%}
}
.grid,.grid tbody,.grid tr,.grid th,.grid td{display:block;width:auto}
.grid thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.grid tr{padding:.9rem 0;border-top:2px solid var(--ink)}
.grid th,.grid td,.stack.grid th,.stack.grid td{padding:.2rem 0;border:0}
.grid tbody th{font-size:1.0625rem}
.grid td{display:grid;grid-template-columns:minmax(0,17rem) minmax(0,1fr);gap:1rem}
.grid td::before{content:attr(data-head);color:var(--grey)}
.grid td.none{display:none}
.grid li+li{margin-top:.2rem}
table+p,table+div{margin-top:1rem}
.whole th,.whole td{border-top:2px solid var(--ink);font-weight:700}
.bar{display:block;width:100%;height:.4rem;margin-top:.25rem;background:var(--panel);fill:var(--accent)}
tr:target,tr:target th,tr:target td{background:var(--pointed)}
";

const CHARTS: &str = "
.chart{container-type:inline-size;margin:0}
.chart-title{font-weight:700}
.chart figcaption,.chart p.narrow{margin-top:.4rem;color:var(--grey);font-size:.9375rem;line-height:1.4}
.chart>svg{display:block;overflow:visible;height:11rem;font-size:.8125rem;width:calc(100% - (var(--left) + var(--right))*1ch - 1.1rem);margin:calc(var(--head) + .6rem) 0 2.9rem calc(var(--left)*1ch + .3rem)}
.spark{display:block;overflow:visible;width:4.6rem;height:1.7rem;margin:.15rem .2rem}
.chart text{fill:var(--grey);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.chart .year,.chart .gap{font-weight:700}
.chart .last{fill:var(--accent);font-weight:700;font-size:1.0625rem}
.series{fill:none;stroke:var(--accent);stroke-width:2.4px;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.spark .series{stroke-width:1.8px}
.point{fill:var(--accent)}
.latest{fill:var(--accent);stroke:var(--paper);stroke-width:1.5px}
.special{fill:var(--grey);stroke:var(--paper);stroke-width:1px}
.special.improvement{fill:var(--better)}.special.concern{fill:var(--worse)}
.band{fill:var(--band)}
.rule{stroke:var(--hair);stroke-width:.75px}.axis{stroke:var(--grey);stroke-width:1px}
.target{stroke:var(--grey);stroke-width:1.5px;stroke-dasharray:5 3.5}
.spark .target{stroke-width:1px;stroke-dasharray:3 2}
.break{stroke:var(--grey);stroke-width:1.2px;stroke-dasharray:1.5 2.5}
.chart .narrow{display:none}
@container (max-width:30rem){
.chart>svg{width:calc(100% - (var(--left) + var(--last))*1ch - 1.1rem)}
.chart .wide,.chart .roomy{display:none}
.chart .narrow{display:initial}
.chart p.narrow{display:block}
}
";

/// Below this width a table's rows are cards.
const NARROW: &str = "
@media screen and (max-width:54rem){
.stack,.stack tbody,.stack tr,.stack th,.stack td{display:block;width:auto}
.stack caption{display:block}
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack tr{margin-top:.9rem;padding:.8rem .9rem;border:1px solid var(--hair);border-top:3px solid var(--accent)}
.stack th,.stack td,.stack th.n,.stack td.n,.stack th:first-child{padding:.3rem 0;border:0;text-align:left}
.stack tbody th{padding-top:0;font-size:1.0625rem}
.stack td{display:grid;grid-template-columns:minmax(0,7.5rem) minmax(0,1fr);gap:.75rem}
.stack td::before{content:attr(data-head);color:var(--grey)}
.stack td::before{font-weight:400}
.stack.indicators tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,7.2rem),1fr));gap:.7rem 1rem}
.indicators tbody th{grid-column:1/-1}
.indicators tbody td{display:block}
.indicators td::before{display:block;font-size:.875rem}
.indicators td.w-beside{grid-column:1/-1}
.stack tr>*,.stack.indicators tr>td,.stack.parts tr>td{padding:0}
.stack.parts tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .9rem;margin:0;padding:.5rem 0;border:0;border-bottom:1px solid var(--hair)}
.stack.parts tbody th{flex:1 1 calc(100% - 12.5rem);font-size:1rem}
.stack.parts td{display:flex;gap:.35rem;order:2;font-size:.875rem}
.stack.parts td.now{order:1}.stack.parts td.w-rating{order:1}
.stack.parts td.now::before,.stack.parts td.w-rating::before{display:none}
.stack.parts td.none{display:none}
.stack.parts td p,.stack.parts td div{display:inline}
.stack.parts td p+p::before{content:\" \"}
.stack.parts .bar{display:none}
.stack.parts tr.whole{border-top:2px solid var(--ink)}
.words tr>*+*{padding-top:.7rem}
.stack td.none{display:none}
.bar{max-width:12rem}
}
@media (max-width:34rem){
header,.columns,footer,.banner p{padding-left:1rem;padding-right:1rem}
.pointers li{grid-template-columns:minmax(0,1fr)}
.terms div{grid-template-columns:minmax(0,1fr)}
.fields{grid-template-columns:repeat(auto-fill,minmax(min(100%,9rem),1fr));gap:.7rem 1rem}
.commentary,.awaited{padding:.8rem .9rem}
h2{font-size:1.4rem;margin-top:2.75rem}
}
@media (max-width:22rem){.stack td{grid-template-columns:minmax(0,5.5rem) minmax(0,1fr)}}
@media (forced-colors:active){.chip,.state,.banner{border:1px solid}.series{stroke:CanvasText}.point,.latest{fill:CanvasText}.chart text{fill:CanvasText;stroke:Canvas}}
";

const PRINT: &str = "
@media print{
@page{size:A4;margin:18mm}
html{font-size:10pt}
nav,.skip,.here,details.values{display:none}
a{color:inherit;text-decoration:none}
.columns{display:block}
header,.columns,footer{max-width:none;padding-left:0;padding-right:0}
.banner{border:2px solid;print-color-adjust:exact;-webkit-print-color-adjust:exact}
table{font-size:8.5pt}
td .chip{font-size:8pt;padding:0 .3rem}
.detail{grid-template-columns:minmax(0,1fr) 15rem}
.chart>svg{height:8rem}
h2,h3,h4,.chart-title,h3+p{break-after:avoid}
tr,li,h3+p,.chart,.key-figure,.facts div,.detail,.counts,.commentary.placeholder{break-inside:avoid}
.facts div{grid-template-columns:5.4rem minmax(0,1fr);gap:.5rem}
thead{display:table-header-group}
.bar,.commentary{print-color-adjust:exact;-webkit-print-color-adjust:exact}
:target{background:none}
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_can_be_told_from_what_is_behind_them() {
        for accent in ["#12436d", "#1d4f5c", "#005a30", "#801650", "#000000", "#942514"] {
            let accent = Colour::parse(accent).unwrap();
            for palette in [Palette { accent, ..LIGHT }, Palette { accent: on_dark(accent), ..DARK }] {
                let Palette { paper, ink, grey, accent, panel, pointed, better, worse, band, hair: _ } = palette;
                for behind in [paper, panel, pointed] {
                    for words in [ink, grey, accent] {
                        assert!(words.contrast(behind) >= 4.5, "{words} on {behind}");
                    }
                }
                // The banner, and signs without words.
                assert!(ink.contrast(paper) >= 7.0);
                for sign in [accent, better, worse, grey] {
                    assert!(sign.contrast(paper) >= 3.0 && sign.contrast(band) >= 3.0, "{sign} on {paper} or {band}");
                }
            }
        }
    }
}
