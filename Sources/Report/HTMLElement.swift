/// The elements that the page is made of, those of SVG among them.
enum HTMLElement: String {
  case a, article, body, button, caption, code, dd, details, div, dl, dt, figcaption, figure, footer, h1, h2, h3
  case head, header, html, img, input, label, li, main, meta, nav, option, p, pre, script, section, select
  case span, strong, style, summary, table, tbody, td, th, thead, title, tr, ul
  // SVG.
  case defs, line, linearGradient, path, rect, stop, svg, text

  /// Whether it has no content, and no end tag.
  var isVoid: Bool {
    switch self {
    case .img, .input, .meta: true
    default: false
    }
  }

  /// Whether a line may end behind it without a blank being seen.
  var endsLine: Bool {
    switch self {
    case .article, .body, .caption, .dd, .details, .div, .dl, .dt, .figcaption, .figure, .footer, .h1, .h2, .h3, .head,
      .header, .html, .li, .main, .meta, .nav, .option, .p, .pre, .script, .section, .select, .style,
      .summary, .svg, .table, .tbody, .td, .th, .thead, .title, .tr, .ul:
      true
    default: false
    }
  }
}
