//! Words for invented people and organisations. A last name is made of two halves, so that there
//! are 2,400 last names.

pub(super) const FIRST_NAMES: [&str; 64] = [
    "Aisha", "Alun", "Amara", "Angharad", "Anil", "Beatriz", "Bethan", "Callum", "Carys", "Chidi",
    "Ciarán", "Claire", "Daniel", "Deepa", "Dylan", "Eilidh", "Elif", "Emma", "Farah", "Fergus",
    "Gareth", "Grace", "Gwen", "Hannah", "Hamza", "Hugo", "Imogen", "Ines", "Isaac", "Ivy", "Jack",
    "Jasmin", "Joana", "Kofi", "Laura", "Leila", "Lewis", "Liam", "Maja", "Marcus", "Mei",
    "Mohammed", "Morag", "Nadia", "Niamh", "Nia", "Oliver", "Owen", "Parveen", "Priya", "Rhys",
    "Rosa", "Ruth", "Sadia", "Samuel", "Seán", "Siân", "Sofia", "Tariq", "Thomas", "Uma", "Wen",
    "Yusuf", "Zoë",
];

pub(super) const FIRST_HALVES: [&str; 60] = [
    "Alder", "Amber", "Ash", "Barn", "Birch", "Black", "Bram", "Bright", "Brock", "Burn", "Cald",
    "Chad", "Clay", "Cold", "Comb", "Cran", "Crow", "Dale", "Darn", "East", "Elm", "Fair", "Fern",
    "Field", "Fox", "Gold", "Gorse", "Grey", "Hal", "Hart", "Hazel", "Heath", "Hern", "High",
    "Holm", "Hurst", "Ing", "Kel", "King", "Lang", "Lind", "Long", "Mal", "Marl", "Mead", "Moor",
    "North", "Oak", "Old", "Pem", "Quarr", "Raven", "Red", "Shel", "Stan", "Thorn", "Under", "Wal",
    "West", "Whit",
];

pub(super) const SECOND_HALVES: [&str; 40] = [
    "acre", "bank", "beck", "borne", "bourne", "bridge", "brook", "bury", "by", "combe", "cote",
    "croft", "dale", "dean", "den", "don", "down", "ell", "fell", "field", "ford", "gate", "grave",
    "ham", "hurst", "ing", "land", "ley", "low", "man", "mere", "more", "shaw", "side", "stead",
    "stone", "ton", "well", "wick", "wood",
];

pub(super) const STREETS: [&str; 20] = [
    "Assize Street",
    "Bailey Row",
    "Castle Hill",
    "Chancery Walk",
    "Church Lane",
    "County Road",
    "Guildhall Place",
    "High Street",
    "King’s Parade",
    "Magistrates Yard",
    "Market Square",
    "Mill Lane",
    "Old Court",
    "Park Crescent",
    "Quay Street",
    "Regent Terrace",
    "Sessions House Lane",
    "Station Road",
    "Temple Gardens",
    "Victoria Buildings",
];

/// Towns, each with the letters with which its postcodes begin.
pub(super) const TOWNS: [(&str, &str); 24] = [
    ("Worcester", "WR"),
    ("Leeds", "LS"),
    ("Bristol", "BS"),
    ("Cardiff", "CF"),
    ("Newcastle upon Tyne", "NE"),
    ("Swansea", "SA"),
    ("Nottingham", "NG"),
    ("Exeter", "EX"),
    ("Portsmouth", "PO"),
    ("York", "YO"),
    ("Cambridge", "CB"),
    ("Brighton", "BN"),
    ("Derby", "DE"),
    ("Hull", "HU"),
    ("Leicester", "LE"),
    ("Southampton", "SO"),
    ("Truro", "TR"),
    ("Oxford", "OX"),
    ("Norwich", "NR"),
    ("Preston", "PR"),
    ("Birmingham", "B"),
    ("Manchester", "M"),
    ("London", "N"),
    ("Liverpool", "L"),
];

/// The letters that a postcode may end with.
pub(super) const UNITS: [char; 20] = [
    'A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X', 'Y',
    'Z',
];

pub(super) const JOB_TITLES: [&str; 6] = [
    "Partner",
    "Practice manager",
    "Director",
    "Head of crime",
    "Senior clerk",
    "Chief executive",
];

pub(super) const REFUSED_WITH: [&str; 3] = [
    "The register has another address for this number.",
    "We called twice and nobody could confirm it.",
    "Register again once the number has changed.",
];

pub(super) const ASKED: [&str; 4] = [
    "The register has another name for this number. Which is right?",
    "Which of your offices is this?",
    "Is this address still used? Our message came back.",
    "Who may sign for the organisation?",
];

pub(super) const OFFICERS: [(&str, &str, &str); 10] = [
    ("demo-officer-1", "Priya Alderton", "officer"),
    ("demo-officer-2", "Owen Brockwell", "officer"),
    ("demo-officer-3", "Niamh Calder", "officer"),
    ("demo-officer-4", "Hamza Darnley", "officer"),
    ("demo-officer-5", "Carys Elmore", "officer"),
    ("demo-officer-6", "Marcus Fernshaw", "officer"),
    ("demo-senior-1", "Ruth Greystone", "senior-officer"),
    ("demo-senior-2", "Kofi Hartwood", "senior-officer"),
    ("demo-auditor", "Leila Kelham", "auditor"),
    ("demo-administrator", "Dylan Longden", "administrator"),
];
