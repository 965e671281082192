// Slides on a wide screen; on a narrow one, and without this script, the same page is read from top to bottom.
(function () {
  if (!window.matchMedia("(min-width: 48rem)").matches) return;
  document.getElementById("deck").className = "reveal";
  document.body.className = "on";
  function reach(event) {  // a long slide scrolls, so the keyboard must get to it, and to no other
    if (event.previousSlide) event.previousSlide.removeAttribute("tabindex");
    event.currentSlide.tabIndex = 0;
    document.querySelector(".aria-status").classList.add("unseen");
  }
  Reveal.on("ready", reach);
  Reveal.on("slidechanged", reach);
  Reveal.initialize({
    width: 1200, height: 700, margin: 0.06, center: false, transition: "none", backgroundTransition: "none",
    controls: false, slideNumber: false, progress: false, hash: false, postMessage: false, postMessageEvents: false, help: false, pdfSeparateFragments: false,
    keyboard: { 83: function () { Reveal.configure({ showNotes: !Reveal.getConfig().showNotes }); } }
  });
})();
