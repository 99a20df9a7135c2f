/// The words that decide, as data: facts/bengali.md, section 8, and ordinary grammar.
enum BengaliWords {
  /// Each list with what it says of its words; a word may be in several.
  static let table: [(WordTraits, String)] = [
    (.abbreviation, titles), (.abbreviation, references), (.abbreviation, units),
    (.abbreviation, formulas), (.abbreviation, latinAbbreviations),
    (.finalAbbreviation, latinFinalAbbreviations), (.letterName, letterNames),
    (.ordinaryWord, lettersThatAreWords), (.numberWord, numberWords), (.predicate, predicates),
    (.particle, particles), (.starter, starters), (.sayingVerb, sayingVerbs),
    (.sayingNoun, sayingNouns), (.goesOn, goingOn), (.newClause, clauseOpeners),
    (.exclaimedName, exclaimedNames), (.demonstrative, demonstratives),
    (.conjunction, conjunctions),
    ([.page, .abbreviation], pages),
  ]

  // Rule 4.
  static let titles = """
    ড ডঃ ডা মো মোঃ মোসা মোছা মোসাঃ মোহা মু মুহ মুহা মৌ মি মিঃ মিসেস মিস প্রফ প্রফে অধ্যা অধ্যাঃ ইঞ্জি প্রকৌ
    অ্যাড এড অ্যাডভো অব অবঃ লে মে মেজ ব্রি ব্রিগে জে জেন ক্যা ক্যাপ্টে কর্নে সার্জে রেভা হাজি আলহা জনাবা শ্রী শ্রীম
    সহকা অধ্য ব্যারি ডেপু মহা
    """
  static let references = """
    পৃ দ্র সম্পা অনু আনু সং খ বিদ্র প্রকা নং তাং রেজি লি লিঃ কোং প্রাঃ প্রাই ইং বাং উদা তু টী তুল
    রচ সংক সাপ্তা মাসি ক্র ঠি ফো মোবা টেলি ফ্যা
    """
  static let units = """
    কি মি সে গ্রা কেজি লিট ডি ঘ মিনি সেক খ্রি খ্রিঃ খ্রী খৃ খৃঃ খ্রিষ্টা পূ হি বঙ্গা শতা আনুমা এপ্রি সেপ্টে
    অক্টো নভে ডিসে ফেব্রু জানু
    """
  static let formulas = "সা সাঃ সাল্লা রা রাঃ রাযি রহ রহঃ আ আঃ দ দঃ স সঃ হ মাঃ জিঃ বাঃ"
  static let pages = "পৃ পৃষ্ঠা পৃঃ পাতা p pp P page"
  static let latinAbbreviations = """
    Dr Mr Mrs Ms Prof St Md Mst Sk No Nos Vol vol vs e.g i.e eg ie cf Fig fig Eq Rev Hon Gen Col Maj Lt Capt Sgt
    Gov Sen Rep Mt pp Ch ed eds trans approx dept Dept est Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    Eng Engr Adv Sr Jr Phil Ph
    """
  static let latinFinalAbbreviations = "etc Etc ETC Inc Ltd LTD Co Corp al m M D"
  static let letterNames = """
    এ বি সি ডি ই এফ জি এইচ আই জে কে এল এম এন ও পি কিউ আর এস টি ইউ ভি ডব্লিউ ডাব্লিউ এক্স ওয়াই জেড পিএইচ এসসি
    """
  /// Also ordinary words: with a dot they may end a sentence.
  static let lettersThatAreWords = "কি সে আর ও কে এ ই মিস মে মহা এড"

  // Rule 6.
  static let numberWords =
    "এক দুই তিন চার পাঁচ ছয় সাত আট নয় দশ i ii iii iv v vi vii viii ix x I II III IV V VI VII VIII IX"

  // Rule 3: what ends a predicate, and what may follow it.
  static let predicates = """
    না নাই নেই নয় নি হয় যায় আছে আছি আছো আছেন ছিল ছিলো ছিলাম ছিলেন গেল গেলো গেছে হল হলো হোল এল এলো দিল দিলো নিল নিলো
    বলল করল উঠল পড়ল থাকল রইল ফেলল আসল চলল লাগল দেখল শুনল হাসল থামল করলো পড়লো উঠলো লাগলো আসলো রইলো
    আসে যাই যায় খায় চায় পায় দেয় নেয় পাই চাই খাই দেই নেই করি পারি জানি থাকি থাকে পারে জানে চলে লাগে করে চালাই নাকি
    হবে যাবে করব যাব আসব দেব নেব খাব হব থাকব পারব বলব দেখব করবো যাবো দেবো হয়নি যায়নি আসেনি করেনি পারিনি নাইরে
    করো কর যাও আসো এসো দাও নাও খাও থাকো থাক বলো বল দেখো দেখ শোনো শোন হোক যাক করুন যান আসুন বলুন দেখুন দিন নিন
    কাটে ভাসে বাজে ওঠে হাঁটে ঘোরে ফেরে বাঁচে কাঁদে হাসে জ্বলে ফোটে শোনে বোঝে খোঁজে মেলে নামি হাঁটি
    করছি করছে আসছে যাচ্ছে হচ্ছে হয়েছে গেছি এসেছি হইছে আইছে গেছিল হইলো হইল
    """
  static let predicateEndings = """
    ছে ছি ছো ছেন েন ছিস ছিল ছিলো ছিলাম ছিলেন লাম লেন তাম তেন বেন চ্ছে চ্ছি েনি িনি য়নি েননি বেনা বো বে েনা েছিল ায় োয়
    """
  static let particles = "তো না কি রে যে ভাই নাকি বটে"
  static let starters = """
    আমি আমরা আমার আমাকে আমাদের তুমি তোমার তোমাকে আপনি আপনার তুই তোর সে তার তাকে তারা তাদের তিনি তাঁর তাঁরা
    এই এটা এইটা এটি এইখানে এখানে সেখানে ওখানে ওই ঐ সেই কিন্তু তবে তবু তবুও তারপর তারপরও তখন এখন এবার এরপর
    হঠাৎ হটাৎ আজ কাল একদিন কেন কী কে কেউ কারণ কারন তাই অথচ আর আবার এমন যদি যখন মনে হয়তো অবশ্য আসলে সবাই
    """

  // Rule 2.
  static let sayingVerbs = """
    বলল বললো বললেন বলেন বলেছেন বলেছিল বলেছিলেন বলছে বলছেন বলি বললাম বলিল বলিলেন বলিলাম বলেছে কইল কইলো কইলেন কহিল
    কহিলেন জানান জানালেন জানাল জানালো জানায় জানালাম শুধাল শুধালো শুধালেন শুধায় ভাবল ভাবলো ভাবলেন ভাবলাম ভাবে লিখেছেন
    লিখল লিখলেন লেখেন চেঁচাল চেঁচালো চেঁচায় হাঁকল হাঁকলেন ডাকল ডাকলেন ডাকে গর্জাল গজগজাল ফিসফিসাল বলত বলতো বলতেন বললুম বলছিল
    বলছিলেন বলছিলাম বলেছিলাম বলবে বলবেন বলিতেছে জানিয়েছেন জানিয়েছিলেন জানাচ্ছে জানাচ্ছেন শুধাইল শুধাইলেন
    """
  static let sayingNouns = """
    জবাব উত্তর প্রশ্ন জিজ্ঞেস জিজ্ঞাসা জিগ্যেস জিগ্গেস জিজ্ঞাস চিৎকার চীৎকার মন্তব্য দাবি দাবী আক্ষেপ অনুরোধ আর্তনাদ হুংকার
    অভিযোগ চাইল চাইলো চাইলেন চাইলাম কণ্ঠ গলা স্বগতোক্তি
    """
  static let goingOn = """
    বলে বলেই বলিয়া বলতে বলায় নামে নামের নামক শিরোনামে শিরোনামের কথা কথাটা কথাটি কথাটাই কথাগুলো একথা কথায় প্রশ্নটি
    প্রশ্নটা প্রশ্নের প্রশ্নে স্লোগান স্লোগানে শ্লোগান শ্লোগানে ধ্বনি ধ্বনিতে গান গানটি গানটা গানের শব্দ শব্দটি শব্দটা শব্দের
    লেখা লেখাটি বই বইটি বইটা বইয়ের নাটক নাটকটি নাটকে কবিতা কবিতাটি কবিতার গল্প গল্পটি গল্পের বাক্য বাক্যটি ইত্যাদি এর কিংবা ও
    এবং অথবা বা থেকে দিয়ে জাতীয় টাইপ মার্কা ছাড়া মানে হিসেবে টাইপের ডাক ডাকে বাণী ছবি ছবিটি সিনেমা উক্তি উক্তিটি র টা টি টির শুনে শুনেই শোনার
    """
  static let clauseOpeners = """
    কিন্তু তখন তারপর এরপর তবে তবু এবার এখন হঠাৎ অথচ তাই এদিকে ওদিকে পরদিন আজ কাল অতঃপর আর অবশেষে এমন
    """
  static let demonstratives = "এই এ সেই ঐ ওই এমন এসব এইসব এ-সব এরকম"

  static let conjunctions = "আর ও এবং কিংবা অথবা বা কি না"

  // Rule 8.
  static let exclaimedNames = "ইয়াহু Yahoo Jeopardy Wham Oklahoma Joomla"
}
