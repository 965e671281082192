// Slides on a wide screen; on a narrow one, and without this script, the same page is read from top to bottom.
(function () {
  if (!window.matchMedia("(min-width: 48rem)").matches) return;
  document.getElementById("deck").className = "reveal";
  document.body.className = "on";
  Reveal.initialize({
    width: 1200, height: 700, margin: 0.06, center: false, transition: "none", backgroundTransition: "none",
    slideNumber: "c/t", hash: false, postMessage: false, postMessageEvents: false, help: false, pdfSeparateFragments: false,
    keyboard: { 83: function () { Reveal.configure({ showNotes: !Reveal.getConfig().showNotes }); } }
  });
})();
