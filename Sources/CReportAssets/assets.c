#include "CReportAssets.h"

// As the built-in catalog: part of the binary, so that nothing has to travel with it.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char style[] = {
#embed "report.css"
};
static const unsigned char script[] = {
#embed "report.js"
};

const unsigned char *neuromaps_report_style(ptrdiff_t *count) {
  *count = sizeof style;
  return style;
}

const unsigned char *neuromaps_report_script(ptrdiff_t *count) {
  *count = sizeof script;
  return script;
}
